"""Pages and answers of 黑猫投诉 (tousu.sina.com.cn)."""
