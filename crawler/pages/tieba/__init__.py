"""Pages of 百度贴吧: the PC pages of 2012 to 2024, the mobile ones, and the JSON that replaced them."""
