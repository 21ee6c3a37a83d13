"""Reading a query: its one grammar, for the app, the command line, alerts, reports and exports.

query   = or
or      = and ("OR" and)*
and     = not (["AND"] not)*
not     = ("NOT" | "-") not | near
near    = primary ["NEAR/n" primary]
primary = "(" or ")" | "phrase" | field:value | number>value | prefix* | word
"""

from collections.abc import Callable
from datetime import datetime

from indexer.errors import QueryError
from indexer.query.fields import field_named
from indexer.query.lexer import Piece, Sort, narrow, pieces
from indexer.query.tree import And, Everything, Near, Node, Not, Or, Phrase, Prefix, Word
from indexer.query.values import Split, condition, split_condition
from indexer.query.wording import dictionary_word, unit_texts, wording

MAX_LENGTH = 2000
MAX_DEPTH = 50
MAX_NEAR = 30
_DEFAULT_NEAR = 5


def parse(query: str, *, now: datetime) -> Node:
    """The tree of a query; days count in Asia/Shanghai and `now` (aware) is what `after:7d` counts from.

    An empty query finds everything. `QueryError` names the position, counted from 1, and what to write instead.
    """
    if len(query) > MAX_LENGTH:
        raise QueryError(MAX_LENGTH + 1, f"查询太长，最多 {MAX_LENGTH} 字")
    return _Parser(pieces(query), now).query()


class _Parser:
    def __init__(self, found: list[Piece], now: datetime) -> None:
        self._pieces = found
        self._at = 0
        self._depth = 0
        self._now = now

    def query(self) -> Node:
        if self._next.sort is Sort.END:
            return Everything()
        node = self._or()
        if self._next.sort is Sort.SHUT:
            raise QueryError(self._next.position, "多了一个右括号")
        return node

    @property
    def _next(self) -> Piece:
        return self._pieces[self._at]

    def _take(self) -> Piece:
        self._at += 1
        return self._pieces[self._at - 1]

    def _or(self) -> Node:
        children = [self._and()]
        while self._next.sort is Sort.OR:
            self._operand_after(self._take())
            children.append(self._and())
        return children[0] if len(children) == 1 else Or(tuple(children))

    def _and(self) -> Node:
        children = [self._not()]
        while self._next.sort not in (Sort.OR, Sort.SHUT, Sort.END):
            if self._next.sort is Sort.AND:
                self._operand_after(self._take())
            children.append(self._not())
        return children[0] if len(children) == 1 else And(tuple(children))

    def _not(self) -> Node:
        if self._next.sort is Sort.NOT:
            operator = self._take()
            self._operand_after(operator)
            return Not(self._deeper(operator, self._not))
        return self._near()

    def _near(self) -> Node:
        left = self._next
        node = self._primary()
        if self._next.sort is not Sort.NEAR:
            return node
        operator = self._take()
        self._operand_after(operator)
        right = self._next
        other = self._primary()
        return Near(_units(node, left), _units(other, right), _distance(operator))

    def _primary(self) -> Node:
        piece = self._take()
        if piece.sort is Sort.OPEN:
            return self._brackets(piece)
        if piece.sort is Sort.PHRASE:
            return _phrase(piece.text, piece.position)
        if piece.sort is Sort.TEXT:
            return self._text(piece)
        if piece.sort is Sort.END:
            raise QueryError(piece.position, "查询到这里还没有写完")
        raise QueryError(piece.position, f"「{piece.text or 'NEAR'}」前面缺少要查的内容")

    def _brackets(self, opening: Piece) -> Node:
        if self._next.sort is Sort.SHUT:
            raise QueryError(self._next.position, "括号里没有内容")
        node = self._deeper(opening, self._or)
        if self._take().sort is not Sort.SHUT:
            raise QueryError(opening.position, "括号没有闭合")
        return node

    def _text(self, piece: Piece) -> Node:
        split = split_condition(narrow(piece.text))
        name = split and field_named(split.name)
        if split and name:
            value, position = self._value(split, piece)
            return condition(name, split.operator, value, position=position, now=self._now)
        if split and split.is_certain:
            raise QueryError(piece.position, f"没有「{split.name}」这个字段；要查这几个字请加引号")
        return _word(piece)

    def _deeper(self, piece: Piece, read: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(piece.position, f"括号和 NOT 最多套 {MAX_DEPTH} 层")
        node = read()
        self._depth -= 1
        return node

    def _operand_after(self, operator: Piece) -> None:
        if self._next.sort in (Sort.END, Sort.SHUT):
            raise QueryError(operator.position, f"「{operator.text or operator.sort.name}」后面缺少要查的内容")

    def _value(self, split: Split, piece: Piece) -> tuple[str, int]:
        """The value of a condition with its position; a quoted one may hold spaces."""
        quoted = self._next
        follows = quoted.position == piece.position + len(piece.text)
        if not split.value and quoted.sort is Sort.PHRASE and follows:
            return self._take().text.strip(), quoted.position
        return split.value, piece.position + split.at


def _word(piece: Piece) -> Node:
    text = narrow(piece.text)
    if len(text) > 1 and text.endswith("*"):
        start = "".join(token.word for token in wording(text[:-1]).words[-1:])
        return Prefix(start) if start else _phrase(piece.text, piece.position)
    word = dictionary_word(piece.text)
    return Word(word) if word else _phrase(piece.text, piece.position)


def _phrase(text: str, position: int) -> Phrase:
    units = tuple(unit.text for unit in wording(text).units)
    if not units:
        raise QueryError(position, f"「{text}」里没有可以查的字")
    return Phrase(units)


def _units(node: Node, piece: Piece) -> tuple[str, ...]:
    if isinstance(node, Phrase):
        return node.units
    if isinstance(node, Word):
        return tuple(unit_texts(node.word))
    raise QueryError(piece.position, "NEAR 两边只能是词或短语")


def _distance(operator: Piece) -> int:
    distance = int(operator.text) if operator.text else _DEFAULT_NEAR
    if distance > MAX_NEAR:
        raise QueryError(operator.position, f"NEAR 最多隔 {MAX_NEAR} 个字")
    return distance
