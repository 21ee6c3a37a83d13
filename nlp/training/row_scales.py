"""Let every word piece of a quantised model be rounded by a scale of its own.

Dynamic quantisation rounds what flows between the layers with one scale for all texts of a batch: a post's label then
depends on the posts beside it. With one scale a row (a word piece) each text stands alone, and is rounded more finely.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import GraphProto, NodeProto, helper, numpy_helper

# Names of the constants that all rows share: 127 steps to either side of zero, stored as 1 to 255.
_STEP, _ZERO, _LAST_AXIS, _LEAST = "row_step", "row_zero", "row_axis", "row_least"
_MICROSOFT = "com.microsoft"


def scale_by_row(path: Path) -> None:
    """Rewrite the dynamically quantised model at `path` in place."""
    model = onnx.load(path)
    graph = model.graph
    makers = {output: node for node in graph.node for output in node.output}
    users = {name: node for node in graph.node for name in node.input}
    graph.initializer.extend(_constants())
    replaced: dict[str, list[NodeProto]] = {}
    dropped: set[str] = set()
    ready: set[str] = set()
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            quantize = makers[node.input[0]]
            cast = users[node.output[0]]
            product = users[cast.output[0]]
            scales = next(makers[name] for name in product.input if name != cast.output[0])
            (column_scale,) = (name for name in scales.input if name != quantize.output[1])
            plain = quantize.input[0]
            rows = [] if plain in ready else list(_rounded_rows(plain))
            ready.add(plain)
            replaced[product.name] = [*rows, *_product(plain, node, column_scale, product.output[0])]
            dropped |= {node.name, cast.name, scales.name, quantize.name}
    _replace(graph, replaced, dropped)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _constants() -> list[onnx.TensorProto]:
    return [
        numpy_helper.from_array(np.float32(1 / 127), _STEP),
        numpy_helper.from_array(np.uint8(128), _ZERO),
        numpy_helper.from_array(np.array([-1], dtype=np.int64), _LAST_AXIS),
        numpy_helper.from_array(np.float32(1e-6), _LEAST),
    ]


def _rounded_rows(plain: str) -> Iterator[NodeProto]:
    """Each row divided by its largest magnitude, then rounded to 8 bits."""
    yield helper.make_node("Abs", [plain], [f"{plain}_size"])
    yield helper.make_node("ReduceMax", [f"{plain}_size", _LAST_AXIS], [f"{plain}_largest"], keepdims=1)
    yield helper.make_node("Add", [f"{plain}_largest", _LEAST], [f"{plain}_row_scale"])
    yield helper.make_node("Div", [plain, f"{plain}_row_scale"], [f"{plain}_scaled"])
    yield helper.make_node("QuantizeLinear", [f"{plain}_scaled", _STEP, _ZERO], [f"{plain}_rounded"])


def _product(plain: str, node: NodeProto, column_scale: str, output: str) -> list[NodeProto]:
    """The product of rounded rows and rounded weights in whole numbers, scaled back by column and by row."""
    whole = [f"{plain}_rounded", node.input[1], _STEP, column_scale, _ZERO, node.input[3]]
    return [
        helper.make_node("MatMulIntegerToFloat", whole, [f"{output}_by_column"], domain=_MICROSOFT),
        helper.make_node("Mul", [f"{output}_by_column", f"{plain}_row_scale"], [output]),
    ]


def _replace(graph: GraphProto, replaced: dict[str, list[NodeProto]], dropped: set[str]) -> None:
    kept = [node for old in graph.node if old.name not in dropped for node in replaced.get(old.name, [old])]
    del graph.node[:]
    graph.node.extend(kept)
