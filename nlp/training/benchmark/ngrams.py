"""The n-gram model beside the encoder: linear, on jieba 1–2-grams and character 1–4-grams."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from nlp.training.benchmark.example import Example
from nlp.words import segmenter

_SEED = 7
_FOLDS = 5


def ngram_chances(
    training: Sequence[Example], test: Sequence[Example], labels: int, *, naive_bayes: bool
) -> np.ndarray:
    """The probability of each label (texts of `test`, labels): a calibrated support vector machine on tf-idf.

    With `naive_bayes` it is the mean of that and of logistic regression on NB-SVM's naive Bayes features (Wang and
    Manning 2012, Baselines and Bigrams, ACL) of the same n-grams: the two err on different texts.
    """
    known, asked = _features([row.text for row in training], [row.text for row in test])
    given = np.array([row.label for row in training])
    machine = CalibratedClassifierCV(LinearSVC(C=1.0, random_state=_SEED), cv=_FOLDS).fit(known, given)
    support = np.zeros((len(test), labels))
    support[:, machine.classes_] = machine.predict_proba(asked)
    if not naive_bayes:
        return support
    mean: np.ndarray = (support + _naive_bayes(known > 0, given, asked > 0, labels)) / 2
    return mean


def _features(training: Sequence[str], test: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
    words = TfidfVectorizer(
        tokenizer=_words, token_pattern=None, ngram_range=(1, 2), min_df=2, sublinear_tf=True, lowercase=False
    )
    characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True)
    known = hstack([words.fit_transform(training), characters.fit_transform(training)]).tocsr()
    return known, hstack([words.transform(test), characters.transform(test)]).tocsr()


def _words(text: str) -> list[str]:
    return [word for word, _, _ in segmenter().tokenize(text, "default") if not word.isspace()]


def _naive_bayes(known: csr_matrix, given: np.ndarray, asked: csr_matrix, labels: int) -> np.ndarray:
    """One label against the rest, each n-gram weighed by its log-count ratio; rows sum to 1."""
    columns = [_one_label(known.astype(float), given == label, asked.astype(float)) for label in range(labels)]
    chances = np.array(columns).T
    shares: np.ndarray = chances / chances.sum(axis=1, keepdims=True)
    return shares


def _one_label(known: csr_matrix, held: np.ndarray, asked: csr_matrix) -> np.ndarray:
    if held.all() or not held.any():
        return np.full(asked.shape[0], float(held.all()))
    inside, outside = (1 + np.asarray(known[rows].sum(axis=0)).ravel() for rows in (held, ~held))
    ratio = diags(np.log((inside / inside.sum()) / (outside / outside.sum())))
    model = LogisticRegression(C=0.3, solver="liblinear", dual=True, max_iter=300, random_state=_SEED)
    chances: np.ndarray = model.fit(known @ ratio, held).predict_proba(asked @ ratio)[:, 1]
    return chances
