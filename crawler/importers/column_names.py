"""What exports call their columns, in Chinese and English, by field; the names that say most come first."""

COLUMN_NAMES = {
    "text": (
        "正文 内容 全文 原文 文本 帖子内容 微博正文 微博内容 文章内容 正文内容 评论内容 投诉内容 投诉详情 "
        "回复内容 text content body fulltext message desc description 摘要 "
        "内容摘要 summary"
    ),
    "title": "标题 题目 文章标题 帖子标题 投诉标题 主题 title subject headline",
    "url": "链接 网址 原文链接 文章链接 帖子链接 地址 原文地址 url link href permalink",
    "native_id": (
        "mid 微博id 帖子id 文章id 评论id 投诉编号 note_id post_id comment_id "
        "article_id 帖子编号 唯一标识 编号 id uuid guid"
    ),
    "author": (
        "作者 昵称 用户昵称 用户名 发布者 发布人 发帖人 博主 作者名称 账号名称 用户 author nickname "
        "screen_name user_name username author.displayname author.name "
        "user.screen_name user 账号"
    ),
    "published": (
        "发布时间 发表时间 发布日期 发帖时间 评论时间 投诉时间 创建时间 时间 日期 publish_time pubtime "
        "published published_at pub_date created_at create_time "
        "created datetime date time timestamp"
    ),
    "collected": ("采集时间 抓取时间 入库时间 爬取时间 crawl_time crawled_at collected_at timestamp_collected"),
    "platform": "平台 来源平台 媒体平台 来源 媒体 网站 站点 媒体名称 渠道 platform site source domain",
    "thread_id": "主题id 主帖id thread_id topic_id tid",
    "parent_id": ("父评论id 回复id 上级id parent_id parent_comment_id reply_to retweet_id"),
    "region": ("ip属地 ip归属地 属地 地区 地域 省份 发布地区 ip_location region province location"),
    "likes": "点赞数 点赞 点赞量 赞 likes like_count liked_count attitudes_count",
    "replies": ("评论数 评论量 评论 回复数 回复量 跟帖数 comments comment_count commentcount comments_count replies"),
    "views": "阅读数 阅读量 浏览量 浏览数 播放量 播放数 点击量 views view_count read_count",
    "shares": ("转发数 转发量 转发 分享数 分享量 shares share_count forwardcount reposts_count"),
}
