"""One set of promises for all ops; other tests take what they need from here."""
