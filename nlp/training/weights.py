"""Keep int8 for the weights only.

Dynamic quantisation also rounds what flows between the layers, with one scale for all texts of a batch: a post's label
then depends on the posts beside it. Weights alone save as much space and leave every text to itself.
"""

from pathlib import Path

import onnx
from onnx import NodeProto, helper


def weights_only(path: Path) -> None:
    """Rewrite a dynamically quantised model in place: weights are unpacked on use, sums are made in fp32."""
    model = onnx.load(path)
    makers = {output: node for node in model.graph.node for output in node.output}
    users = {name: node for node in model.graph.node for name in node.input}
    replaced: dict[str, list[NodeProto]] = {}
    dropped: set[str] = set()
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            cast = users[node.output[0]]
            scaled = users[cast.output[0]]
            scales = next(makers[name] for name in scaled.input if name != cast.output[0])
            plain = makers[node.input[0]].input[0]
            replaced[scaled.name] = _unpacked(plain, node.input[1], scales.input[1], node.input[3], scaled.output[0])
            dropped |= {node.name, cast.name, scales.name, makers[node.input[0]].name}
    kept = [node for old in model.graph.node if old.name not in dropped for node in replaced.get(old.name, [old])]
    del model.graph.node[:]
    model.graph.node.extend(kept)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _unpacked(plain: str, weight: str, scale: str, zero_point: str, output: str) -> list[NodeProto]:
    """Nodes for `plain @ weight`, the weight unpacked by column."""
    unpacked = f"{weight}_unpacked_for_{output}"
    return [
        helper.make_node("DequantizeLinear", [weight, scale, zero_point], [unpacked], f"{output}_unpack", axis=1),
        helper.make_node("MatMul", [plain, unpacked], [output], f"{output}_matmul"),
    ]
