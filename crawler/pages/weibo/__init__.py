"""Pages and answers of 微博: m.weibo.cn (JSON), s.weibo.com and weibo.cn (HTML), as a guest is served them."""
