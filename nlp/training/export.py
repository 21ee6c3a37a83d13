"""Write a trained network as the folder that the product ships: int8 ONNX, tokenizer, and `model.json`."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from nlp.classify.calibration import Calibration
from nlp.classify.heads import HEADS
from nlp.training.network import Network
from nlp.training.weights import weights_only


def export_network(network: Network, base: Path, target: Path) -> None:
    """Write `model.onnx` (int8 weights a channel) and `tokenizer.json` into the folder `target`."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full, prepared = Path(folder) / "full.onnx", Path(folder) / "prepared.onnx"
        _export_full(network, full)
        quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            prepared, target / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    weights_only(target / "model.onnx")
    shutil.copyfile(base / "tokenizer.json", target / "tokenizer.json")


def write_card(
    target: Path,
    calibration: Calibration,
    *,
    recipe: dict[str, object],
    data: dict[str, str],
    held_out: Sequence[str],
) -> str:
    """Write `model.json`: version, heads, calibration and how the model was made; returns the version.

    `held_out` are the ids of the labelled posts that neither training nor calibration saw.

    The version is the date-free digest of the weights, so equal weights have equal versions.
    """
    digest = hashlib.sha256((target / "model.onnx").read_bytes()).hexdigest()
    version = f"posts-{digest[:10]}"
    card = {
        "version": version,
        "heads": {head.name: list(head.values) for head in HEADS},
        "calibration": asdict(calibration),
        "recipe": recipe,
        "data_sha256": data,
        "held_out": list(held_out),
    }
    (target / "model.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return version


def _export_full(network: Network, path: Path) -> None:
    network.eval()
    ids = torch.ones((2, 16), dtype=torch.int64)
    texts, pieces = torch.export.Dim("texts"), torch.export.Dim("pieces")
    torch.onnx.export(
        network,
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["scores"],
        dynamic_shapes=({0: texts, 1: pieces}, {0: texts, 1: pieces}),
        dynamo=True,
        external_data=False,
        verbose=False,
    )
