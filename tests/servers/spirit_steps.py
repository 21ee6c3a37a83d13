"""What users of the test forum do; run inside django-spirit by `manage.py shell`, steps as JSON in the environment."""
# ruff: noqa: T201  # the result goes to standard output
# mypy: ignore-errors

import json
import os

from django.contrib.auth import get_user_model
from spirit.category.models import Category
from spirit.comment.models import Comment
from spirit.core.utils.markdown import Markdown
from spirit.topic.models import Topic


def user(name):
    return get_user_model().objects.get_or_create(username=name, defaults={"email": f"{name}@example.com"})[0]


def category(title):
    return Category.objects.get_or_create(title=title)[0]


def comment(topic, author, text):
    made = Comment.objects.create(topic=topic, user=user(author), comment=text, comment_html=Markdown().render(text))
    topic.increase_comment_count()
    return made


def step_topic(board, author, title, text, replies=()):
    topic = Topic.objects.create(category=category(board), user=user(author), title=title)
    made = [comment(topic, author, text), *(comment(topic, who, said) for who, said in replies)]
    return {"category": topic.category_id, "topic": topic.pk, "posts": [one.pk for one in made]}


def step_reply(topic, author, text):
    return {"posts": [comment(Topic.objects.get(pk=topic), author, text).pk]}


def step_edit(post, text):
    one = Comment.objects.get(pk=post)
    one.comment, one.comment_html = text, Markdown().render(text)
    one.save()
    one.increase_modified_count()
    return {}


def step_remove(post):
    Comment.objects.filter(pk=post).update(is_removed=True)
    return {}


def step_remove_topic(topic):
    Topic.objects.filter(pk=topic).update(is_removed=True)
    return {}


STEPS = {
    "topic": step_topic,
    "reply": step_reply,
    "edit": step_edit,
    "remove": step_remove,
    "remove_topic": step_remove_topic,
}
results = [STEPS[step.pop("do")](**step) for step in json.loads(os.environ["STEPS"])]
print("RESULT " + json.dumps(results))
