"""Write a trained network as the product runs it: int8 ONNX and tokenizer."""

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from nlp.training.network import Network
from nlp.training.row_scales import scale_by_row
from nlp.training.vocabulary import trim_vocabulary


def export_network(network: Network, base: Path, target: Path) -> None:
    """Write `model.onnx` (int8 weights a channel) and `tokenizer.json` into the folder `target`."""
    target.mkdir(parents=True, exist_ok=True)
    trim_vocabulary(network, base / "tokenizer.json", target / "tokenizer.json")
    with tempfile.TemporaryDirectory() as folder:
        full, prepared = Path(folder) / "full.onnx", Path(folder) / "prepared.onnx"
        _export_full(network, full)
        quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            prepared, target / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    scale_by_row(target / "model.onnx")


def _export_full(network: Network, path: Path) -> None:
    network.eval()
    ids = torch.ones((2, 16), dtype=torch.int64)
    texts, pieces = torch.export.Dim("texts"), torch.export.Dim("pieces")
    torch.onnx.export(
        network,
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["scores", "meaning"],
        dynamic_shapes=({0: texts, 1: pieces}, {0: texts, 1: pieces}),
        dynamo=True,
        external_data=False,
        verbose=False,
    )
