"""The golden values of the built-in scenarios are of the numbers that ship."""

from pathlib import Path

import numpy as np
import pytest

from engine import BUILTINS, builtin

FOLDER = Path(__file__).parent
FILES = {f.stem: f for f in (*FOLDER.glob("*.npz"), *FOLDER.glob("sequences/*.npz"))}


@pytest.mark.parametrize("name", BUILTINS)
def test_the_golden_parameters_are_the_shipped_ones(name):
    shipped = builtin(name).params
    with np.load(FILES[name]) as golden:
        assert {k[6:] for k in golden if k.startswith("param:")} == set(shipped)
        for path, array in shipped.items():
            assert np.array_equal(golden[f"param:{path}"], array), path
