"""Train, evaluate and compare the classifier; only training needs the extra `train`."""
