"""Chinese surnames: the two hundred most frequent and the double ones, and what follows a surname in no name."""

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷"
    "施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢骆岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪"
    "靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池"
    "滕晋苑邬臧畅宫苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙肖付闫佟代仇展迟宿麻卓鞠矫初蔺荣佘滑逄"
    "缪明农敖支伊权桑厉应班花窦尚宗仲戈"
)
# So rare or so usual as other words that only a sure cue (姓名：) makes them a surname.
RARE = frozenset("包全应位明支权班花代成时连单解强初盖路关管车左房边简谈商展宿滑米古木党司查费尚游阳古")
# Surnames that are prepositions and adverbs far more often; behind the first two a name must also end visibly.
PREPOSITIONS = "向于曾常"
BEHIND_PREPOSITION = frozenset("今去前上当本次某此是其贵该同各有相经多打到见说要因")
# Words that people are called.
GIVEN_WORDS_TABLE = "建国 胜利 和平 国庆 建军 卫国 爱国 红旗 光明 建设 解放 文化 光荣 英雄 建华"
GIVEN_WORDS = frozenset(GIVEN_WORDS_TABLE.split())
COMPOUND_TABLE = (
    "欧阳 司马 上官 诸葛 慕容 司徒 皇甫 夏侯 尉迟 东方 公孙 令狐 长孙 宇文 轩辕 端木 独孤 南宫 西门 百里 呼延 "
    "澹台 闻人 申屠 万俟 太史"
)
COMPOUND = COMPOUND_TABLE.split()
# No given name begins with these.
NEVER_FIRST = frozenset(
    "的了是在我你他她它们这那哪不没也都就还把被给让跟吗呢吧啊么着过得所该将再又很些每某各谁请从向对于及而且或与和"
)
# Behind a name of two characters these go on with the sentence; as a third character they are seldom a name's.
GOES_ON = frozenset(
    "的了是在被把给让说这那我你您他她它们也都就还没不及与因并于从向对到跟称打收借贷欠逾还申请投请手电联住今其"
    "已曾却要问叫吗吧呢"
)
