<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message><source>%1: %2</source><translation>%1：%2</translation></message>
    <message><source>&amp;About Stepformer</source><translation>关于 Stepformer(&amp;A)</translation></message>
    <message><source>&amp;As when it was opened</source><translation>恢复为打开时的样子(&amp;A)</translation></message>
    <message><source>&amp;Back</source><translation>后退(&amp;B)</translation></message>
    <message><source>&amp;Back to the stop</source><translation>回到本节(&amp;B)</translation></message>
    <message><source>&amp;Compare</source><translation>对比(&amp;C)</translation></message>
    <message><source>&amp;Contents</source><translation>目录(&amp;C)</translation></message>
    <message><source>&amp;Copy from another ...</source><translation>从另一个复制(&amp;C) ...</translation></message>
    <message><source>&amp;Copy the matrix</source><translation>复制矩阵(&amp;C)</translation></message>
    <message><source>&amp;Dark</source><translation>深色(&amp;D)</translation></message>
    <message><source>&amp;Edit</source><translation>编辑(&amp;E)</translation></message>
    <message><source>&amp;Explain</source><translation>讲解(&amp;E)</translation></message>
    <message><source>&amp;Export ...</source><translation>导出(&amp;E) ...</translation></message>
    <message><source>&amp;File</source><translation>文件(&amp;F)</translation></message>
    <message><source>&amp;Forward (over)</source><translation>前进（整步）(&amp;F)</translation></message>
    <message><source>&amp;Full screen</source><translation>全屏(&amp;F)</translation></message>
    <message><source>&amp;Gradient</source><translation>梯度(&amp;G)</translation></message>
    <message><source>&amp;Help</source><translation>帮助(&amp;H)</translation></message>
    <message><source>&amp;Identity</source><translation>单位矩阵(&amp;I)</translation></message>
    <message><source>&amp;Import parameters ...</source><translation>导入参数(&amp;I) ...</translation></message>
    <message><source>&amp;Interview practice</source><translation>面试练习(&amp;I)</translation></message>
    <message><source>&amp;Keys</source><translation>快捷键(&amp;K)</translation></message>
    <message><source>&amp;Larger text</source><translation>放大文字(&amp;L)</translation></message>
    <message><source>&amp;Last</source><translation>到最后(&amp;L)</translation></message>
    <message><source>&amp;Leave the lesson</source><translation>离开课程(&amp;L)</translation></message>
    <message><source>&amp;Lessons</source><translation>课程(&amp;L)</translation></message>
    <message><source>&amp;Light</source><translation>浅色(&amp;L)</translation></message>
    <message><source>&amp;Map</source><translation>结构图(&amp;M)</translation></message>
    <message><source>&amp;Matrix</source><translation>矩阵(&amp;M)</translation></message>
    <message><source>&amp;New</source><translation>新建(&amp;N)</translation></message>
    <message><source>&amp;Next stop</source><translation>下一节(&amp;N)</translation></message>
    <message><source>&amp;Next word</source><translation>下一个词(&amp;N)</translation></message>
    <message><source>&amp;No goal</source><translation>取消目标(&amp;N)</translation></message>
    <message><source>&amp;Open ...</source><translation>打开(&amp;O) ...</translation></message>
    <message><source>&amp;Paste numbers</source><translation>粘贴数字(&amp;P)</translation></message>
    <message><source>&amp;Play or pause</source><translation>播放或暂停(&amp;P)</translation></message>
    <message><source>&amp;Present</source><translation>演示(&amp;P)</translation></message>
    <message><source>&amp;Previous stop</source><translation>上一节(&amp;P)</translation></message>
    <message><source>&amp;Quit</source><translation>退出(&amp;Q)</translation></message>
    <message><source>&amp;Random numbers</source><translation>随机数(&amp;R)</translation></message>
    <message><source>&amp;Random numbers ...</source><translation>随机数(&amp;R) ...</translation></message>
    <message><source>&amp;Redo</source><translation>重做(&amp;R)</translation></message>
    <message><source>&amp;Save</source><translation>保存(&amp;S)</translation></message>
    <message><source>&amp;Smaller text</source><translation>缩小文字(&amp;S)</translation></message>
    <message><source>&amp;Swap A and B</source><translation>交换 A 与 B(&amp;S)</translation></message>
    <message><source>&amp;Theme</source><translation>主题(&amp;T)</translation></message>
    <message><source>&amp;Tie to another ...</source><translation>与另一个绑定(&amp;T) ...</translation></message>
    <message><source>&amp;Tour in four steps</source><translation>四步导览(&amp;T)</translation></message>
    <message><source>&amp;Translate</source><translation>翻译(&amp;T)</translation></message>
    <message><source>&amp;Translation, trained</source><translation>训练好的翻译模型(&amp;T)</translation></message>
    <message><source>&amp;Undo</source><translation>撤销(&amp;U)</translation></message>
    <message><source>&amp;Untie</source><translation>解除绑定(&amp;U)</translation></message>
    <message><source>&amp;Usual text size</source><translation>标准字号(&amp;U)</translation></message>
    <message><source>&amp;View</source><translation>视图(&amp;V)</translation></message>
    <message><source>&amp;Walk</source><translation>逐步演算(&amp;W)</translation></message>
    <message><source>&amp;Zeros</source><translation>全部置零(&amp;Z)</translation></message>
    <message><source>A &amp;file beside it ...</source><translation>与文件并排(&amp;F) ...</translation></message>
    <message><source>A plain &amp;copy</source><translation>原样副本(&amp;C)</translation></message>
    <message><source>As the &amp;system</source><translation>跟随系统(&amp;S)</translation></message>
    <message><source>Back to where I &amp;was</source><translation>回到刚才的位置(&amp;W)</translation></message>
    <message><source>By &amp;hand, whole numbers</source><translation>手算例子（整数）(&amp;H)</translation></message>
    <message><source>By &amp;number</source><translation>逐数(&amp;N)</translation></message>
    <message><source>By &amp;step</source><translation>逐步(&amp;S)</translation></message>
    <message><source>By blo&amp;ck</source><translation>逐块(&amp;C)</translation></message>
    <message><source>By oper&amp;ation</source><translation>逐次运算(&amp;A)</translation></message>
    <message><source>C&amp;hange an input</source><translation>修改输入(&amp;H)</translation></message>
    <message><source>Compare &amp;with ...</source><translation>对比(&amp;W) ...</translation></message>
    <message><source>Cop&amp;y the plot</source><translation>复制图表(&amp;Y)</translation></message>
    <message><source>Copy as &amp;LaTeX</source><translation>复制为 LaTeX(&amp;L)</translation></message>
    <message><source>Copy as pictur&amp;e</source><translation>复制为图片(&amp;E)</translation></message>
    <message><source>Export the &amp;plot ...</source><translation>导出图表(&amp;P) ...</translation></message>
    <message><source>Fe&amp;wer decimals</source><translation>减少小数位(&amp;W)</translation></message>
    <message><source>Fi&amp;rst</source><translation>到最前(&amp;R)</translation></message>
    <message><source>Go on with &amp;A alone</source><translation>只保留 A(&amp;A)</translation></message>
    <message><source>Go on with &amp;B alone</source><translation>只保留 B(&amp;B)</translation></message>
    <message><source>High &amp;contrast</source><translation>高对比度(&amp;C)</translation></message>
    <message><source>Loc&amp;k for a class ...</source><translation>为课堂锁定(&amp;K) ...</translation></message>
    <message><source>M&amp;ore decimals</source><translation>增加小数位(&amp;O)</translation></message>
    <message><source>Make the &amp;loss the goal</source><translation>以损失为目标(&amp;L)</translation></message>
    <message><source>Make this number the &amp;goal</source><translation>以这个数为目标(&amp;G)</translation></message>
    <message><source>Ne&amp;xt of these</source><translation>依次切换(&amp;X)</translation></message>
    <message><source>Open &amp;lesson folder ...</source><translation>打开课程文件夹(&amp;L) ...</translation></message>
    <message><source>P&amp;in this number ...</source><translation>固定这个数(&amp;I) ...</translation></message>
    <message><source>R&amp;ound to one decimal</source><translation>保留一位小数(&amp;O)</translation></message>
    <message><source>Re&amp;current translator with attention, trained</source><translation>循环网络翻译，带注意力，已训练(&amp;C)</translation></message>
    <message><source>Save &amp;as ...</source><translation>另存为(&amp;A) ...</translation></message>
    <message><source>Sett&amp;ings ...</source><translation>设置(&amp;I) ...</translation></message>
    <message><source>Show &amp;both</source><translation>同时显示(&amp;B)</translation></message>
    <message><source>Show &amp;values</source><translation>显示数值(&amp;V)</translation></message>
    <message><source>Show g&amp;radients</source><translation>显示梯度(&amp;R)</translation></message>
    <message><source>Step &amp;into</source><translation>进入细节(&amp;I)</translation></message>
    <message><source>Step &amp;out</source><translation>返回上一层(&amp;O)</translation></message>
    <message><source>Take all pins o&amp;ff</source><translation>取消全部固定(&amp;F)</translation></message>
    <message><source>Take the pin &amp;off</source><translation>取消固定(&amp;O)</translation></message>
    <message><source>The number to its &amp;end</source><translation>算完这个数(&amp;E)</translation></message>
    <message><source>The same w&amp;ithout attention</source><translation>同样的模型，不带注意力(&amp;I)</translation></message>
    <message><source>This pa&amp;nel alone</source><translation>单独显示此面板(&amp;N)</translation></message>
    <message><source>To the &amp;other side</source><translation>切换到另一侧(&amp;O)</translation></message>
    <message><source>W&amp;here it came from</source><translation>看它从哪里来(&amp;H)</translation></message>
    <message><source>Where its last part ca&amp;me from</source><translation>最后一部分从哪里来(&amp;M)</translation></message>
</context>
<context>
    <name>Application</name>
    <message><source>Something went wrong that should not have; your work is still open. Please report it with the file %1</source><translation>程序出现了不该有的错误；你的工作仍然打开着。请附上文件 %1 报告这个问题</translation></message>
</context>
<context>
    <name>Arithmetic</name>
    <message><source>One operation</source><translation>做一次运算</translation></message>
    <message><source>The lesson asks first: the result comes with your answer.</source><translation>课程先提问：你回答之后才显示结果。</translation></message>
    <message><source>To the end</source><translation>算到底</translation></message>
    <message><source>exactly %1</source><translation>恰为 %1</translation></message>
    <message><source>not a number (NaN); what reads it is none either</source><translation>不是数（NaN）；凡是读取它的，结果也不是数</translation></message>
    <message><source>pinned by you; Delete takes the pin off</source><translation>由你固定；按 Delete 取消固定</translation></message>
    <message><source>rounded; stored: %1</source><translation>已四舍五入；实际存储：%1</translation></message>
</context>
<context>
    <name>Asking</name>
    <message><source>A number is needed, such as −2 or 0.5.</source><translation>这里要填一个数，例如 −2 或 0.5。</translation></message>
    <message><source>Check</source><translation>检查</translation></message>
    <message><source>Choose one first.</source><translation>请先选一个。</translation></message>
    <message><source>Goes to the number, and explains its step</source><translation>前往这个数，并讲解它所在的步骤</translation></message>
    <message><source>Show the answer</source><translation>显示答案</translation></message>
    <message><source>The answer: %1</source><translation>答案：%1</translation></message>
    <message><source>The answer: %1 (you said %2)</source><translation>答案：%1（你答的是 %2）</translation></message>
    <message><source>Try again, or have the answer shown.</source><translation>再试一次，或者看答案。</translation></message>
    <message><source>Where does it come from?</source><translation>它是怎么来的？</translation></message>
    <message><source>your number</source><translation>你的数</translation></message>
    <message><source>✓ Right.</source><translation>✓ 对了。</translation></message>
</context>
<context>
    <name>Bar</name>
    <message><source>Step %1 of %2: %3</source><translation>第 %1 步，共 %2 步：%3</translation></message>
</context>
<context>
    <name>Card</name>
    <message><source>pinned by you</source><translation>由你固定</translation></message>
</context>
<context>
    <name>CellEditor</name>
    <message><source>Infinity has no meaning here; it belongs into a mask.</source><translation>无穷在这里没有意义；它只能用在掩码里。</translation></message>
    <message><source>Type a number, such as 0.5; Esc keeps the old one.</source><translation>请输入一个数，例如 0.5；按 Esc 保留原值。</translation></message>
    <message><source>“%1” can be read in two ways; leave out the separators.</source><translation>“%1”有两种读法；请去掉分隔符。</translation></message>
    <message><source>“%1” can&apos;t be read as a number. Write 0.5, −2, 1/3 or √2.</source><translation>无法把“%1”读作一个数。请写成 0.5、−2、1/3 或 √2。</translation></message>
    <message><source>“%1” divides by zero.</source><translation>“%1”的除数为零。</translation></message>
    <message><source>“%1” is too large; at most ±%2.</source><translation>“%1”太大；最大为 ±%2。</translation></message>
</context>
<context>
    <name>CompareCommands</name>
    <message><source>%1: %2</source><translation>%1：%2</translation></message>
    <message><source>A plain copy</source><translation>原样副本</translation></message>
    <message><source>Asked most</source><translation>最常问</translation></message>
    <message><source>B is a copy of A in which one thing is another. Which?</source><translation>B 是 A 的副本，只改一处。改哪一处？</translation></message>
    <message><source>B is to be changed by you.</source><translation>B 由你自己来改。</translation></message>
    <message><source>Compare with ...</source><translation>对比 ...</translation></message>
    <message><source>a copy</source><translation>副本</translation></message>
</context>
<context>
    <name>ContentsPage</name>
    <message><source>%1 of %2 questions right</source><translation>答对 %1/%2 题</translation></message>
    <message><source>%1 of %2 stops seen</source><translation>已看 %1/%2 节</translation></message>
    <message><source>%1 stops</source><translation>共 %1 节</translation></message>
    <message><source>Interview practice</source><translation>面试练习</translation></message>
    <message><source>Lessons</source><translation>课程</translation></message>
    <message><source>No lesson has all of these words.</source><translation>没有哪一课含有所有这些词。</translation></message>
    <message><source>Search all lessons</source><translation>在所有课程中搜索</translation></message>
    <message><source>Stepformer&apos;s own lessons</source><translation>Stepformer 自带的课程</translation></message>
    <message><source>✓ done</source><translation>✓ 已学完</translation></message>
</context>
<context>
    <name>Desk</name>
    <message><source>Lesson: %1</source><translation>课程：%1</translation></message>
    <message><source>The lesson asks first: this can be copied once you have answered.</source><translation>课程先提问：你回答之后才能复制。</translation></message>
</context>
<context>
    <name>Dialogs</name>
    <message><source>A digit, Enter or F2</source><translation>数字键、Enter 或 F2</translation></message>
    <message><source>Add or take 0.1; with Shift 0.01</source><translation>增减 0.1；同时按 Shift 则为 0.01</translation></message>
    <message><source>Alt+Up, Alt+Down</source><translation>Alt+上方向、Alt+下方向</translation></message>
    <message><source>Arrows</source><translation>方向键</translation></message>
    <message><source>Change it; 0.5, 1/3 and √2 are understood</source><translation>修改它；可以写 0.5、1/3、√2</translation></message>
    <message><source>Choose a number</source><translation>选择一个数</translation></message>
    <message><source>Commit and go down, go right</source><translation>确定，并移到下方、右方</translation></message>
    <message><source>Digits on a result</source><translation>在结果上按数字键</translation></message>
    <message><source>Double-click, G</source><translation>双击、G</translation></message>
    <message><source>Drag sideways</source><translation>左右拖动</translation></message>
    <message><source>Enter, Tab</source><translation>Enter、Tab</translation></message>
    <message><source>Forbid or allow a look (in a mask)</source><translation>（在掩码中）禁止或允许看</translation></message>
    <message><source>Go to where a number was computed</source><translation>跳到算出这个数的地方</translation></message>
    <message><source>Import parameters</source><translation>导入参数</translation></message>
    <message><source>In a matrix</source><translation>在矩阵中</translation></message>
    <message><source>Keep the old number; then back to walking</source><translation>保留原值；再按一次回到逐步演算</translation></message>
    <message><source>Keys</source><translation>快捷键</translation></message>
    <message><source>Open</source><translation>打开</translation></message>
    <message><source>Open lesson folder</source><translation>打开课程文件夹</translation></message>
    <message><source>Otherwise they are lost.</source><translation>不保存的话，修改将会丢失。</translation></message>
    <message><source>Parameters (*.safetensors);;All files (*)</source><translation>参数 (*.safetensors);;所有文件 (*)</translation></message>
    <message><source>Pin it; Delete takes the pin off</source><translation>固定它；按 Delete 取消固定</translation></message>
    <message><source>Random numbers</source><translation>随机数</translation></message>
    <message><source>Save as</source><translation>另存为</translation></message>
    <message><source>Save the changes to “%1”?</source><translation>要保存对“%1”的修改吗？</translation></message>
    <message><source>Scrub the number; all that follows goes along</source><translation>连续改变这个数；后面的一切随之变化</translation></message>
    <message><source>Seed (the same seed gives the same numbers):</source><translation>种子（同一个种子给出同样的数）：</translation></message>
    <message><source>Space</source><translation>空格</translation></message>
    <message><source>Stepformer scenarios (*.json);;All files (*)</source><translation>Stepformer 场景 (*.json);;所有文件 (*)</translation></message>
    <message><source>To the next input that can be changed</source><translation>到下一个可以修改的输入</translation></message>
    <message><source>Untitled</source><translation>未命名</translation></message>
    <message><source>Walk through a small Transformer number by number, and change any of them. MIT licence; fonts under the SIL Open Font License.</source><translation>一个数一个数地走完一个小型 Transformer，并且可以修改其中任何一个数。采用 MIT 许可证；字体采用 SIL 开放字体许可证。</translation></message>
    <message><source>While presenting</source><translation>演示时</translation></message>
</context>
<context>
    <name>Differences</name>
    <message><source>%1 differences</source><translation>%1 处不同</translation></message>
    <message><source>%1, row %2, column %3: %4 → %5</source><translation>%1，第 %2 行第 %3 列：%4 → %5</translation></message>
    <message><source>%1, then edited</source><translation>%1，之后又改过</translation></message>
    <message><source>%1: %2</source><translation>%1：%2</translation></message>
    <message><source>%1: %2 numbers</source><translation>%1：%2 个数</translation></message>
    <message><source>%1: %2 → %3</source><translation>%1：%2 → %3</translation></message>
    <message><source>%1: one number</source><translation>%1：一个数</translation></message>
    <message><source>%1: painted</source><translation>%1：已涂改</translation></message>
    <message><source>B differs: %1</source><translation>B 的不同之处：%1</translation></message>
    <message><source>B differs: %1 · %2 more</source><translation>B 的不同之处：%1 · 另有 %2 处</translation></message>
    <message><source>B is as A so far: change something</source><translation>B 目前与 A 相同：请修改一处</translation></message>
    <message><source>Go to where a difference is seen first</source><translation>前往差异首次出现之处</translation></message>
    <message><source>Go to ▾</source><translation>前往 ▾</translation></message>
    <message><source>computed</source><translation>算出</translation></message>
    <message><source>equal so far</source><translation>目前相同</translation></message>
    <message><source>matrices of a shape that only one has: %1 in A, %2 in B</source><translation>形状仅一侧具有的矩阵：A 有 %1 个，B 有 %2 个</translation></message>
    <message><source>not tied</source><translation>未绑定</translation></message>
    <message><source>pinned to %1</source><translation>固定为 %1</translation></message>
    <message><source>the expected words</source><translation>期望的词</translation></message>
    <message><source>the source</source><translation>源句</translation></message>
    <message><source>the source&apos;s vocabulary</source><translation>源词表</translation></message>
    <message><source>the target</source><translation>目标句</translation></message>
    <message><source>the target&apos;s vocabulary</source><translation>目标词表</translation></message>
    <message><source>word %1 of %2</source><translation>%2的第 %1 个词</translation></message>
</context>
<context>
    <name>Document</name>
    <message><source>Ask for the loss</source><translation>求损失</translation></message>
    <message><source>Change %1</source><translation>修改 %1</translation></message>
    <message><source>Change a word</source><translation>更换一个词</translation></message>
    <message><source>Change an option</source><translation>更改选项</translation></message>
    <message><source>Change numbers</source><translation>修改数值</translation></message>
    <message><source>Change the words</source><translation>更换词语</translation></message>
    <message><source>Compare with %1</source><translation>与 %1 对比</translation></message>
    <message><source>Copy to %1</source><translation>复制到 %1</translation></message>
    <message><source>Keep A</source><translation>保留 A</translation></message>
    <message><source>Keep B</source><translation>保留 B</translation></message>
    <message><source>Lock for a class</source><translation>为课堂锁定</translation></message>
    <message><source>Next word</source><translation>下一个词</translation></message>
    <message><source>Paint the mask</source><translation>涂改掩码</translation></message>
    <message><source>Pin a number</source><translation>固定一个数</translation></message>
    <message><source>Reset %1</source><translation>恢复 %1</translation></message>
    <message><source>Swap A and B</source><translation>交换 A 与 B</translation></message>
    <message><source>Take a pin off</source><translation>取消一处固定</translation></message>
    <message><source>Take all pins off</source><translation>取消全部固定</translation></message>
    <message><source>Tie %1</source><translation>绑定 %1</translation></message>
    <message><source>Translate</source><translation>翻译</translation></message>
    <message><source>Untie %1</source><translation>解除 %1 的绑定</translation></message>
</context>
<context>
    <name>Evidence</name>
    <message><source>Checked: %1. %2</source><translation>已核对：%1。%2</translation></message>
    <message><source>Does not hold now: %1. %2</source><translation>现在不成立：%1。%2</translation></message>
    <message><source>No</source><translation>否</translation></message>
    <message><source>Number and mirror image differ by at most %1.</source><translation>与对称位置的数最多相差 %1。</translation></message>
    <message><source>The largest difference is %1.</source><translation>最大相差 %1。</translation></message>
    <message><source>The sums are off 1 by at most %1.</source><translation>各行之和与 1 最多相差 %1。</translation></message>
    <message><source>Yes</source><translation>是</translation></message>
    <message><source>numbers looked at: %1</source><translation>核对了 %1 个数</translation></message>
    <message><source>✗ %1 has the wrong sign.</source><translation>✗ %1 的符号错了。</translation></message>
    <message><source>✗ %1 is close, but not close enough.</source><translation>✗ %1 很接近，但还不够准。</translation></message>
    <message><source>✗ %1 is too large.</source><translation>✗ %1 太大了。</translation></message>
    <message><source>✗ %1 is too small.</source><translation>✗ %1 太小了。</translation></message>
    <message><source>✗ It is not %1.</source><translation>✗ 不是 %1。</translation></message>
    <message><source>✗ Not so.</source><translation>✗ 不对。</translation></message>
</context>
<context>
    <name>Explain</name>
    <message><source>%1 is tied to %2: they are one matrix in several places. An edit of one is an edit of all, and their gradients add up.</source><translation>%1 与 %2 绑定：它们是同一个矩阵，只是出现在几个地方。修改一处就是修改各处，它们的梯度相加。</translation></message>
    <message><source>%1: %2</source><translation>%1：%2</translation></message>
    <message><source>Chosen here.</source><translation>本程序的取法：</translation></message>
    <message><source>Down steps into this block.</source><translation>按“下”键进入这个块。</translation></message>
    <message><source>Explain</source><translation>讲解</translation></message>
    <message><source>Steps: %1</source><translation>步骤：%1</translation></message>
    <message><source>no arithmetic at all</source><translation>不需要任何运算</translation></message>
</context>
<context>
    <name>ExportCommands</name>
    <message><source>Everything</source><translation>全部</translation></message>
    <message><source>Exported to %1</source><translation>已导出到 %1</translation></message>
    <message><source>Import %1</source><translation>导入 %1</translation></message>
    <message><source>Imported. The file has nothing for %1; that stays as it was.</source><translation>已导入。文件里没有 %1，它们保持原样。</translation></message>
    <message><source>The LaTeX of this step can be pasted now.</source><translation>现在可以粘贴这一步的 LaTeX 了。</translation></message>
    <message><source>The export was stopped; no file was written.</source><translation>导出已停止，没有写入文件。</translation></message>
    <message><source>The picture of this step can be pasted now.</source><translation>现在可以粘贴这一步的图片了。</translation></message>
    <message><source>The plot “%1” can be pasted now.</source><translation>现在可以粘贴图表“%1”了。</translation></message>
    <message><source>The plot: %1</source><translation>图表：%1</translation></message>
    <message><source>This step: %1</source><translation>这一步：%1</translation></message>
</context>
<context>
    <name>ExportDialog</name>
    <message><source>%1 pictures, packed into one file.</source><translation>%1 张图片，打包在一个文件里。</translation></message>
    <message><source>%1 steps</source><translation>%1 步</translation></message>
    <message><source>&amp;Browse ...</source><translation>浏览(&amp;B) ...</translation></message>
    <message><source>&amp;Colours</source><translation>配色(&amp;C)</translation></message>
    <message><source>&amp;Export</source><translation>导出(&amp;E)</translation></message>
    <message><source>&amp;Format</source><translation>格式(&amp;F)</translation></message>
    <message><source>&amp;What</source><translation>内容(&amp;W)</translation></message>
    <message><source>1 step</source><translation>1 步</translation></message>
    <message><source>All files (*)</source><translation>所有文件 (*)</translation></message>
    <message><source>All parameters, named as in nn.Transformer.</source><translation>全部参数，名称与 nn.Transformer 相同。</translation></message>
    <message><source>CSV: numbers for a spreadsheet</source><translation>CSV：供电子表格使用的数</translation></message>
    <message><source>Dark</source><translation>深色</translation></message>
    <message><source>Export</source><translation>导出</translation></message>
    <message><source>File &amp;name</source><translation>文件名(&amp;N)</translation></message>
    <message><source>High contrast</source><translation>高对比度</translation></message>
    <message><source>LaTeX: matrices and arithmetic for papers</source><translation>LaTeX：论文用的矩阵和算式</translation></message>
    <message><source>Light</source><translation>浅色</translation></message>
    <message><source>Markdown: tables and formulas for notes</source><translation>Markdown：笔记用的表格和公式</translation></message>
    <message><source>NPZ: arrays for NumPy</source><translation>NPZ：NumPy 数组</translation></message>
    <message><source>PDF: pages to print or show</source><translation>PDF：可打印、可放映的页面</translation></message>
    <message><source>PNG: a picture for slides</source><translation>PNG：放映用的图片</translation></message>
    <message><source>Python script with NumPy</source><translation>用 NumPy 的 Python 脚本</translation></message>
    <message><source>Python script with PyTorch</source><translation>用 PyTorch 的 Python 脚本</translation></message>
    <message><source>SVG: vector graphics with fonts inside</source><translation>SVG：内嵌字体的矢量图</translation></message>
    <message><source>The plot as it is now, where you stand.</source><translation>当前位置的图表，按现在的样子。</translation></message>
    <message><source>There is a file “%1” already. Overwrite it?</source><translation>已经有文件“%1”。要替换它吗？</translation></message>
    <message><source>safetensors: parameters for PyTorch</source><translation>safetensors：供 PyTorch 使用的参数</translation></message>
</context>
<context>
    <name>ExportProgress</name>
    <message><source>Export</source><translation>导出</translation></message>
    <message><source>Stop</source><translation>停止</translation></message>
    <message><source>Writing %1 ...</source><translation>正在写入 %1 ...</translation></message>
</context>
<context>
    <name>Figures</name>
    <message><source>Gradient norm: how fast the goal (without one, the loss) changes with all numbers of this matrix together. D makes the number asked the goal.</source><translation>梯度范数：目标（未设目标时为损失）随这个矩阵全部的数一起变化有多快。按 D 可将所问的数设为目标。</translation></message>
    <message><source>How a row spreads its shares: the largest of them; their entropy, in nats; and among how many places they would be even (e to the entropy).</source><translation>一行的份额如何分布：其中最大的；份额的熵（单位为奈特）；以及若平均分配，相当于分给多少个位置（e 的熵次幂）。</translation></message>
    <message><source>gradient norm of %1 here: %2</source><translation>%1 在此处的梯度范数：%2</translation></message>
    <message><source>gradient norm of the loss %1 here: %2</source><translation>损失 %1 在此处的梯度范数：%2</translation></message>
    <message><source>mean of the rows: largest %1 · entropy %2 · effective number %3</source><translation>各行平均：最大 %1 · 熵 %2 · 有效个数 %3</translation></message>
</context>
<context>
    <name>FileCommands</name>
    <message><source>untitled</source><translation>未命名</translation></message>
</context>
<context>
    <name>Filmstrip</name>
    <message><source>Steps of this block</source><translation>这个块的步骤</translation></message>
    <message><source>The lesson asks first: this comes with your answer.</source><translation>课程先提问：你回答之后才显示。</translation></message>
    <message><source>read by this block</source><translation>这个块读入的</translation></message>
</context>
<context>
    <name>GoalBar</name>
    <message><source>Go there</source><translation>到那里去</translation></message>
    <message><source>Goal: %1 = %2   ∂%3 ÷ ∂…   %4</source><translation>目标：%1 = %2   ∂%3 ÷ ∂…   %4</translation></message>
    <message><source>Goal: %1 = %2 has no gradient   %4</source><translation>目标：%1 = %2，没有梯度   %4</translation></message>
    <message><source>Gradients</source><translation>梯度</translation></message>
    <message><source>No goal any more</source><translation>不再设目标</translation></message>
    <message><source>Values</source><translation>数值</translation></message>
    <message><source>Values and gradients</source><translation>数值与梯度</translation></message>
    <message><source>What the matrices show</source><translation>矩阵显示什么</translation></message>
</context>
<context>
    <name>GoalCommands</name>
    <message><source>Only a number of a result can be the goal: go on to the result.</source><translation>只有结果里的数才能作目标：请继续走到结果。</translation></message>
    <message><source>The goal is gone with its step (%1), and the gradients with it.</source><translation>目标所在的步骤（%1）已不存在，目标和梯度也随之取消。</translation></message>
    <message><source>There is no goal yet: choose a number of a result, then press D.</source><translation>还没有目标：请选择结果里的一个数，再按 D。</translation></message>
    <message><source>This model predicts no words, so it has no loss.</source><translation>这个模型不预测词，所以没有损失。</translation></message>
</context>
<context>
    <name>Hall</name>
    <message><source>A lesson&apos;s next stop, and the one before</source><translation>课程的下一节和上一节</translation></message>
    <message><source>Back to the window as it was</source><translation>回到原来的窗口</translation></message>
    <message><source>Black, and back again</source><translation>黑屏，再按恢复</translation></message>
    <message><source>Hide results; Enter or PgDn shows the one that is asked</source><translation>隐藏结果；按 Enter 或 PgDn 显示所问的结果</translation></message>
    <message><source>Larger, smaller text</source><translation>文字变大、变小</translation></message>
    <message><source>Next and back, as a clicker sends them</source><translation>下一步和后退，翻页笔也发送这两个键</translation></message>
    <message><source>Spotlight: the row, the matrix, off; or the right button</source><translation>聚光灯：行、矩阵、关闭；也可用鼠标右键</translation></message>
    <message><source>The lesson asks first.  Enter shows it.</source><translation>课程先提问。按 Enter 显示结果。</translation></message>
    <message><source>The second window: notes, next step, time</source><translation>第二个窗口：备注、下一步、时间</translation></message>
    <message><source>What will it be?  Enter or PgDn shows it.</source><translation>结果会是多少？按 Enter 或 PgDn 显示。</translation></message>
    <message><source>back</source><translation>后退</translation></message>
    <message><source>black</source><translation>黑屏</translation></message>
    <message><source>hide answers</source><translation>隐藏结果</translation></message>
    <message><source>leave</source><translation>退出</translation></message>
    <message><source>next</source><translation>下一步</translation></message>
    <message><source>notes</source><translation>备注</translation></message>
    <message><source>size</source><translation>大小</translation></message>
    <message><source>spotlight</source><translation>聚光灯</translation></message>
    <message><source>step %1 of %2</source><translation>第 %1 步，共 %2 步</translation></message>
</context>
<context>
    <name>Heading</name>
    <message><source>, </source><translation>，</translation></message>
</context>
<context>
    <name>Inset</name>
    <message><source>Open in the Plot panel</source><translation>在“图表”面板中打开</translation></message>
</context>
<context>
    <name>LanguageMenu</name>
    <message><source>L&amp;anguage</source><translation>语言(&amp;A)</translation></message>
</context>
<context>
    <name>LessonBar</name>
    <message><source>Back to its text</source><translation>回到课文</translation></message>
    <message><source>Leave lesson</source><translation>离开课程</translation></message>
    <message><source>Lesson: %1</source><translation>课程：%1</translation></message>
    <message><source>What was open before comes back exactly as it was</source><translation>之前打开的内容会原样恢复</translation></message>
</context>
<context>
    <name>LessonCommands</name>
    <message><source>(and %1 more)</source><translation>（另有 %1 处）</translation></message>
    <message><source>These lessons can&apos;t be opened. %1</source><translation>这些课程打不开。%1</translation></message>
</context>
<context>
    <name>LessonHead</name>
    <message><source>Large</source><translation>大</translation></message>
    <message><source>Medium</source><translation>中</translation></message>
    <message><source>Model size</source><translation>模型规模</translation></message>
    <message><source>Model size:</source><translation>模型规模：</translation></message>
    <message><source>Small</source><translation>小</translation></message>
    <message><source>The same stop with another model</source><translation>同一节，换一个模型</translation></message>
</context>
<context>
    <name>LessonHint</name>
    <message><source>Back to the stop</source><translation>回到本节</translation></message>
    <message><source>From the start</source><translation>从头开始</translation></message>
    <message><source>Questions still open: %1</source><translation>还没答完的问题：%1 个</translation></message>
    <message><source>This is where you left off.</source><translation>你上次学到这里。</translation></message>
    <message><source>To the first of them</source><translation>去第一个</translation></message>
    <message><source>You are elsewhere in the model.</source><translation>你现在在模型的别处。</translation></message>
    <message><source>You changed something: numbers and checks in the text follow.</source><translation>你改动了一些东西：课文里的数和核对结果会跟着变。</translation></message>
</context>
<context>
    <name>LessonPage</name>
    <message><source>%1 of %2</source><translation>第 %1 节，共 %2 节</translation></message>
    <message><source>Done ✓</source><translation>学完 ✓</translation></message>
    <message><source>Model answer</source><translation>参考答案</translation></message>
    <message><source>Next ›</source><translation>下一节 ›</translation></message>
    <message><source>Show more</source><translation>展开</translation></message>
    <message><source>What this speaks of is not there any more.</source><translation>这里说的东西已经不在了。</translation></message>
    <message><source>‹ Back</source><translation>‹ 上一节</translation></message>
</context>
<context>
    <name>LessonWays</name>
    <message><source>Ends the lesson: “%1” comes back exactly as you left it.</source><translation>结束课程：“%1”会原样恢复，和你离开时一模一样。</translation></message>
    <message><source>Leave lesson</source><translation>离开课程</translation></message>
    <message><source>Lessons</source><translation>课程</translation></message>
    <message><source>The list of lessons; this one waits</source><translation>课程列表；这一课会等着你</translation></message>
    <message><source>untitled</source><translation>未命名</translation></message>
</context>
<context>
    <name>Line</name>
    <message><source>stored as %1</source><translation>存储值 %1</translation></message>
</context>
<context>
    <name>LockDialog</name>
    <message><source>Lock for a class</source><translation>为课堂锁定</translation></message>
    <message><source>Unlock all</source><translation>全部解锁</translation></message>
    <message><source>What is ticked is hidden wherever this file is opened. That keeps a class on track and protects nothing: here anybody may take the ticks away again.</source><translation>打勾的控件在打开此文件时会隐藏。这只是让课堂不偏离进度，并不是保护：任何人都可以在这里取消。</translation></message>
</context>
<context>
    <name>Locks</name>
    <message><source>Changing numbers and masks</source><translation>修改数和掩码</translation></message>
    <message><source>Comparing</source><translation>对比</translation></message>
    <message><source>Exporting</source><translation>导出</translation></message>
    <message><source>Lessons</source><translation>课程</translation></message>
    <message><source>Options</source><translation>选项</translation></message>
    <message><source>Pins</source><translation>固定的数</translation></message>
    <message><source>Words</source><translation>词</translation></message>
</context>
<context>
    <name>Map</name>
    <message><source>%1 of %2</source><translation>%1（共 %2）</translation></message>
    <message><source>Changed back by the undo, most of all %1: by %2</source><translation>因撤销而改回，其中变化最大的是%1：%2</translation></message>
    <message><source>Changed back throughout by the undo: %1</source><translation>因撤销而全部改回：%1</translation></message>
    <message><source>Changed by the last edit, most of all %1: by %2</source><translation>因上次修改而改变，其中变化最大的是%1：%2</translation></message>
    <message><source>Changed throughout by the last edit: %1</source><translation>因上次修改而全部改变：%1</translation></message>
    <message><source>Diamond: A and B have other numbers here.</source><translation>菱形：此处 A 与 B 的数不同。</translation></message>
    <message><source>Map of the model</source><translation>模型结构图</translation></message>
    <message><source>The bar is half full at a hundredth of the largest number.</source><translation>变化达到最大数的百分之一时，横条填满一半。</translation></message>
    <message><source>done</source><translation>已完成</translation></message>
    <message><source>to come</source><translation>尚未进行</translation></message>
    <message><source>you are here</source><translation>当前位置</translation></message>
</context>
<context>
    <name>MatrixCommands</name>
    <message><source>%1 takes the numbers of the matrix you choose, and stays one with it.</source><translation>%1 将取用你所选矩阵的数，并一直与它保持为同一个矩阵。</translation></message>
    <message><source>%1 takes the numbers that the matrix you choose has now.</source><translation>%1 将取用你所选矩阵现在的数。</translation></message>
    <message><source>A single row has no diagonal; nothing was changed.</source><translation>单独一行没有对角线，什么也没有改。</translation></message>
    <message><source>Copy from another matrix</source><translation>从另一个矩阵复制</translation></message>
    <message><source>First select a number that can be changed: click one, or press E.</source><translation>请先选择一个可以修改的数：单击它，或者按 E。</translation></message>
    <message><source>Nothing was pasted: row %1 has %2 numbers, the first row has %3.</source><translation>没有粘贴：第 %1 行有 %2 个数，而第一行有 %3 个。</translation></message>
    <message><source>Nothing was pasted: row %1, column %2 (“%3”) is not a number.</source><translation>没有粘贴：第 %1 行第 %2 列（“%3”）不是数。</translation></message>
    <message><source>Random numbers of seed %2 in %1</source><translation>%1 填入随机数（种子 %2）</translation></message>
    <message><source>There is no other matrix of this shape.</source><translation>没有形状相同的其他矩阵。</translation></message>
    <message><source>There is no pin on any number.</source><translation>没有任何数被固定。</translation></message>
    <message><source>There is no pin on this number.</source><translation>这个数没有被固定。</translation></message>
    <message><source>This matrix is tied to no other.</source><translation>这个矩阵没有与别的矩阵绑定。</translation></message>
    <message><source>Tie to another matrix</source><translation>与另一个矩阵绑定</translation></message>
</context>
<context>
    <name>Measuring</name>
    <message><source>Measure again</source><translation>再测一次</translation></message>
    <message><source>Measure now</source><translation>现在测量</translation></message>
    <message><source>Measured on this computer just now. It comes out a little different each time.</source><translation>刚在这台计算机上测得；每次测的结果都略有不同。</translation></message>
    <message><source>Not measured yet: the text shows “?” until it is.</source><translation>尚未测量：测量之前，课文里显示“?”。</translation></message>
</context>
<context>
    <name>Notes</name>
    <message><source>Next: %1</source><translation>下一步：%1</translation></message>
    <message><source>Notes</source><translation>备注</translation></message>
    <message><source>This is the last step.</source><translation>这是最后一步。</translation></message>
</context>
<context>
    <name>Notice</name>
    <message><source>%1.</source><translation>%1。</translation></message>
    <message><source>Close</source><translation>关闭</translation></message>
</context>
<context>
    <name>OptionsPanel</name>
    <message><source>%1 (A: %2)</source><translation>%1（A：%2）</translation></message>
    <message><source>%1 (B: %2)</source><translation>%1（B：%2）</translation></message>
    <message><source>%1 (was: %2)</source><translation>%1（原为：%2）</translation></message>
</context>
<context>
    <name>OtherLine</name>
    <message><source>no such number on this side</source><translation>这一侧没有这个数</translation></message>
</context>
<context>
    <name>Padlock</name>
    <message><source>Locked</source><translation>已锁定</translation></message>
    <message><source>This file keeps from a class: %1</source><translation>此文件对课堂隐藏：%1</translation></message>
</context>
<context>
    <name>Picker</name>
    <message><source>Find</source><translation>查找</translation></message>
    <message><source>Nothing has these letters; try fewer, or another word.</source><translation>没有符合的条目；请少输几个字，或换个词。</translation></message>
    <message><source>Type a few letters to find it</source><translation>输入几个字母来查找</translation></message>
</context>
<context>
    <name>PlotPanel</name>
    <message><source>Copy</source><translation>复制</translation></message>
    <message><source>Copy the plot as a picture</source><translation>把图表复制为图片</translation></message>
    <message><source>Export ...</source><translation>导出 ...</translation></message>
    <message><source>Export the plot, or its numbers</source><translation>导出图表或其中的数</translation></message>
    <message><source>Plot</source><translation>图表</translation></message>
    <message><source>Side %1.</source><translation>%1 一侧。</translation></message>
    <message><source>The lesson asks first: the plot comes with your answer.</source><translation>课程先提问：你回答之后才显示图表。</translation></message>
    <message><source>There is nothing of the kind here.</source><translation>此处没有这类内容。</translation></message>
</context>
<context>
    <name>Plots</name>
    <message><source>All heads of an attention</source><translation>一个注意力的全部头</translation></message>
    <message><source>Attention over layers (rollout)</source><translation>跨层注意力（rollout）</translation></message>
    <message><source>Before and after softmax</source><translation>softmax 前后</translation></message>
    <message><source>By block</source><translation>按块</translation></message>
    <message><source>By layer</source><translation>按层</translation></message>
    <message><source>Each row says where that word looks: from 0 (none of it) to 1 (all).</source><translation>每一行说明该词看向何处：从 0（不看）到 1（全看）。</translation></message>
    <message><source>Entropy of the heads</source><translation>各头的熵</translation></message>
    <message><source>From the words that ask (left) to those looked at (right): the thicker, the larger the weight.</source><translation>从提问的词（左）到被看的词（右）：线越粗，权重越大。</translation></message>
    <message><source>Gradient by block and layer</source><translation>按块与层的梯度</translation></message>
    <message><source>How long each word&apos;s row is (its norm) from sublayer to sublayer.</source><translation>每个词的行从子层到子层有多长（范数）。</translation></message>
    <message><source>How much of each word at the start has reached each place after a layer: the weights of all heads averaged, half of each place passed on by the residual.</source><translation>每一层之后，开头的每个词有多少到达各个位置：各头权重取平均，每个位置有一半经残差直接传递。</translation></message>
    <message><source>How much the parameters of each block move the goal, or without one the number asked: the norm of its gradient with respect to them.</source><translation>各块的参数对目标（未设目标时为所选数）的影响有多大：它对这些参数的梯度范数。</translation></message>
    <message><source>Mean over the rows, in nats: 0 is a look at one word only.</source><translation>各行的平均值，单位为奈特：0 表示只看一个词。</translation></message>
    <message><source>Multiplications</source><translation>乘法次数</translation></message>
    <message><source>Numbers to be kept</source><translation>需要保存的数</translation></message>
    <message><source>Of one layer as wide as this model, for sentences of 1 to 64 words. Both axes are logarithmic.</source><translation>与本模型同宽的一层，句子长 1 到 64 个词。两轴均为对数刻度。</translation></message>
    <message><source>Operations and memory</source><translation>运算次数与内存</translation></message>
    <message><source>Residual stream</source><translation>残差流</translation></message>
    <message><source>Steps that wait for each other</source><translation>必须依次进行的步数</translation></message>
    <message><source>The row of the number asked: what comes in, and the shares that come out.</source><translation>所选数所在的行：输入什么，输出怎样的份额。</translation></message>
    <message><source>Who looks at whom</source><translation>谁看谁</translation></message>
    <message><source>attention</source><translation>注意力</translation></message>
    <message><source>convolution</source><translation>卷积</translation></message>
    <message><source>recurrent</source><translation>循环</translation></message>
</context>
<context>
    <name>Pointer</name>
    <message><source>Paint the mask</source><translation>涂改掩码</translation></message>
    <message><source>Scrub %1</source><translation>拖动修改 %1</translation></message>
</context>
<context>
    <name>PracticePage</name>
    <message><source>Another question</source><translation>换一题</translation></message>
    <message><source>Lessons</source><translation>课程</translation></message>
    <message><source>Model answer</source><translation>参考答案</translation></message>
    <message><source>Show a model answer</source><translation>显示参考答案</translation></message>
    <message><source>Start over</source><translation>重新开始</translation></message>
    <message><source>Takes your answer away; until then it is kept</source><translation>清除你的回答；在此之前它会一直保留</translation></message>
    <message><source>The lesson that shows it</source><translation>去看讲这一点的课</translation></message>
    <message><source>Your answer</source><translation>你的回答</translation></message>
    <message><source>Your answer, in your own words. Nobody judges it.</source><translation>用自己的话回答，没有人评分。</translation></message>
</context>
<context>
    <name>Preferences</name>
    <message><source>As the system has it</source><translation>跟随系统</translation></message>
    <message><source>Dark</source><translation>深色</translation></message>
    <message><source>Decimals</source><translation>小数位数</translation></message>
    <message><source>High contrast</source><translation>高对比度</translation></message>
    <message><source>High contrast has 7 to 1 and more for every text.</source><translation>高对比度下，所有文字的对比度都不低于 7:1。</translation></message>
    <message><source>How fast Space walks by itself.</source><translation>按空格键自动前进的快慢。</translation></message>
    <message><source>How many are shown; it is always computed with all of them.</source><translation>只影响显示；计算总是用全部位数。</translation></message>
    <message><source>Language</source><translation>语言</translation></message>
    <message><source>Light</source><translation>浅色</translation></message>
    <message><source>Nothing blinks or slides, and playing takes its time.</source><translation>没有闪烁和滑动，播放也放慢。</translation></message>
    <message><source>Of everything: menus, steps, lessons.</source><translation>菜单、步骤、课程等一切文字。</translation></message>
    <message><source>Of everything; Ctrl + and Ctrl − do the same.</source><translation>一切文字；Ctrl + 和 Ctrl − 作用相同。</translation></message>
    <message><source>Playing speed</source><translation>播放速度</translation></message>
    <message><source>Reduced motion</source><translation>减少动态效果</translation></message>
    <message><source>Text size</source><translation>文字大小</translation></message>
    <message><source>Theme</source><translation>主题</translation></message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message><source>Settings</source><translation>设置</translation></message>
    <message><source>on</source><translation>开启</translation></message>
</context>
<context>
    <name>RecentMenu</name>
    <message><source>No files yet</source><translation>还没有文件</translation></message>
    <message><source>Recent &amp;files</source><translation>最近的文件(&amp;F)</translation></message>
</context>
<context>
    <name>Side</name>
    <message><source>Explain</source><translation>讲解</translation></message>
    <message><source>Lessons</source><translation>课程</translation></message>
    <message><source>Options</source><translation>选项</translation></message>
    <message><source>Plot</source><translation>图表</translation></message>
</context>
<context>
    <name>Sides</name>
    <message><source>A is %1 here and B is %2: nothing says which numbers belong together, so there is no B − A.</source><translation>此处 A 为 %1，B 为 %2：无从判断哪些数相互对应，因此没有 B − A。</translation></message>
    <message><source>Inputs</source><translation>输入</translation></message>
    <message><source>Only A has this, so there is no B − A.</source><translation>只有 A 有这一项，因此没有 B − A。</translation></message>
    <message><source>Only B has this, so there is no B − A.</source><translation>只有 B 有这一项，因此没有 B − A。</translation></message>
    <message><source>Show what the step reads, too</source><translation>同时显示这一步读入的内容</translation></message>
    <message><source>There is no such step on this side.</source><translation>这一侧没有这一步。</translation></message>
    <message><source>This side is the one that is edited</source><translation>正在编辑的是这一侧</translation></message>
    <message><source>To this side</source><translation>切换到这一侧</translation></message>
    <message><source>equal, number for number</source><translation>逐数相等</translation></message>
    <message><source>furthest apart: %1 at (%2)</source><translation>相差最大：%1，位于 (%2)</translation></message>
    <message><source>no number</source><translation>不是数</translation></message>
    <message><source>∞−∞: −∞ on both sides</source><translation>∞−∞：两侧都是 −∞</translation></message>
</context>
<context>
    <name>Stage</name>
    <message><source>Double-click: go to where it was computed</source><translation>双击：跳到算出它的地方</translation></message>
    <message><source>Filled corner: just changed</source><translation>填色角标：刚刚改变</translation></message>
    <message><source>Filled corner: just changed back</source><translation>填色角标：刚因撤销而改回</translation></message>
    <message><source>Pinned by you; Delete takes the pin off</source><translation>由你固定；按 Delete 取消固定</translation></message>
    <message><source>Stripes are numbers, too</source><translation>条纹也是数</translation></message>
    <message><source>Stripes are numbers: walk to them, or click them</source><translation>条纹也是数：走到那里，或点击查看</translation></message>
    <message><source>This file keeps it from being changed</source><translation>此文件不允许改动它</translation></message>
    <message><source>Tied to %1: an edit of one is an edit of both</source><translation>与 %1 绑定：修改一个就是修改两个</translation></message>
    <message><source>Type a number to pin it: what if it were another?</source><translation>输入一个数来固定它：如果它是另一个值会怎样？</translation></message>
    <message><source>before the last change: %1</source><translation>上次修改之前：%1</translation></message>
    <message><source>before the undo: %1</source><translation>撤销之前：%1</translation></message>
</context>
<context>
    <name>Timeline</name>
    <message><source>Back</source><translation>后退</translation></message>
    <message><source>Block</source><translation>块</translation></message>
    <message><source>First</source><translation>到最前</translation></message>
    <message><source>Forward</source><translation>前进</translation></message>
    <message><source>Last</source><translation>到最后</translation></message>
    <message><source>Number</source><translation>数</translation></message>
    <message><source>Operation</source><translation>运算</translation></message>
    <message><source>Pause</source><translation>暂停</translation></message>
    <message><source>Play</source><translation>播放</translation></message>
    <message><source>Step</source><translation>步骤</translation></message>
    <message><source>step %1 of %2</source><translation>第 %1 步，共 %2 步</translation></message>
</context>
<context>
    <name>TokenBar</name>
    <message><source>Next word</source><translation>下一个词</translation></message>
    <message><source>One word fewer</source><translation>减少一个词</translation></message>
    <message><source>One word more</source><translation>增加一个词</translation></message>
    <message><source>Source</source><translation>源句</translation></message>
    <message><source>Target</source><translation>目标句</translation></message>
    <message><source>Translate</source><translation>翻译</translation></message>
</context>
<context>
    <name>Tour</name>
    <message><source>Try what the lesson says</source><translation>照课程说的试一试</translation></message>
</context>
<context>
    <name>Voice</name>
    <message><source>%1 rows, %2 columns</source><translation>%1 行，%2 列</translation></message>
    <message><source>changed back by the undo</source><translation>因撤销而改回</translation></message>
    <message><source>changed by the last edit</source><translation>被上次修改所改变</translation></message>
    <message><source>column %2: %3</source><translation>第 %2 列：%3</translation></message>
    <message><source>gradient %1</source><translation>梯度 %1</translation></message>
    <message><source>infinity</source><translation>无穷</translation></message>
    <message><source>minus infinity</source><translation>负无穷</translation></message>
    <message><source>pinned by you</source><translation>由你固定</translation></message>
    <message><source>read for the number asked</source><translation>为所问的数而读取</translation></message>
    <message><source>row %1, column %2: %3</source><translation>第 %1 行，第 %2 列：%3</translation></message>
    <message><source>row %1: %3</source><translation>第 %1 行：%3</translation></message>
    <message><source>the goal</source><translation>目标</translation></message>
</context>
<context>
    <name>Welcome</name>
    <message><source>%1 of %2</source><translation>%1 / %2</translation></message>
    <message><source>A click into the mask forbids or allows a look.</source><translation>在掩码里点击一下，就禁止或允许看这个位置。</translation></message>
    <message><source>A click on the map goes anywhere.</source><translation>点击地图可以到任何地方。</translation></message>
    <message><source>A small model at work: source words go in, target words come out, and every number on the way can be seen.</source><translation>这是一个正在运算的小模型：源句的词进去，目标句的词出来，途中的每个数都看得到。</translation></message>
    <message><source>All that follows is computed anew; Ctrl+Z takes it back.</source><translation>之后的一切都会重新计算；Ctrl+Z 撤销。</translation></message>
    <message><source>Ask</source><translation>提问</translation></message>
    <message><source>At steps where a matrix has a pencil, click one of its numbers and type, or drag it sideways.</source><translation>在有带铅笔矩阵的步骤，点击其中一个数后输入，或左右拖动它。</translation></message>
    <message><source>Back</source><translation>后退</translation></message>
    <message><source>Change</source><translation>修改</translation></message>
    <message><source>Choose other words in the bar above.</source><translation>可以在上面一栏里换词。</translation></message>
    <message><source>Click a number of the result: below stands how it came about, and all that it was read from is outlined.</source><translation>点击结果中的一个数：下面写出它的来历，它所读取的数都加了框。</translation></message>
    <message><source>Ctrl+L lists the lessons, which lead through all of it.</source><translation>Ctrl+L 列出课程，它们会带你走完全部内容。</translation></message>
    <message><source>Ctrl+M shows the map; a click on it goes anywhere.</source><translation>Ctrl+M 显示地图；点击地图可以到任何地方。</translation></message>
    <message><source>Done</source><translation>完成</translation></message>
    <message><source>Down goes closer, from blocks to steps to numbers; Up comes out again.</source><translation>按下方向键逐级深入：从块到步骤，再到各个数；按上方向键退出。</translation></message>
    <message><source>F1 shows all keys, and this tour is in the Help menu.</source><translation>F1 显示所有按键，本导览在“帮助”菜单里。</translation></message>
    <message><source>Find your way</source><translation>认路</translation></message>
    <message><source>In a matrix with a pencil, click a number and type, or drag it sideways.</source><translation>在带铅笔的矩阵里，点击一个数后输入，或左右拖动它。</translation></message>
    <message><source>Next</source><translation>下一步</translation></message>
    <message><source>Press Down to come to the steps of this block. There, click a number of a result: it tells how it came about, and all that it was read from is outlined.</source><translation>按下方向键进入这个块的各个步骤。在那里点击结果中的一个数，就会写出它的来历，它所读取的数都加了框。</translation></message>
    <message><source>Right goes on, Left goes back.</source><translation>按右方向键前进，按左方向键后退。</translation></message>
    <message><source>Skip</source><translation>跳过</translation></message>
    <message><source>These buttons and the bar do the same. Try it!</source><translation>这些按钮和进度条作用相同。试试看！</translation></message>
    <message><source>Walk</source><translation>前进</translation></message>
</context>
</TS>
