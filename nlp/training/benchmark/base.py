"""Where the encoder to start from lies: a folder, or a name that Hugging Face knows."""

from pathlib import Path

from nlp.errors import TrainingError

DEFAULT_BASE = "BAAI/bge-small-zh-v1.5"
# Beside a folder of data lies, often, one of models.
_MODELS = "models"


def base_folder(base: str, data: Path) -> Path:
    """The folder of the encoder `base`.

    A folder is taken as it is; of a name, first the folder of that name under `models/` beside the folder `data`, then
    Hugging Face's cache, then Hugging Face itself.

    Raises:
        TrainingError: it is nowhere; the message says how to get it.
    """
    for folder in (Path(base), data.resolve().parent / _MODELS / Path(base).name):
        if (folder / "config.json").is_file():
            return folder
    return _from_hugging_face(base)


def _from_hugging_face(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError, RepositoryNotFoundError

    wanted = ["config.json", "tokenizer.json", "*.safetensors"]
    try:
        return Path(snapshot_download(name, allow_patterns=wanted))
    except (HFValidationError, LocalEntryNotFoundError, RepositoryNotFoundError, OSError) as error:
        raise TrainingError(
            f"找不到编码器 {name}：不是文件夹，也无法从 Hugging Face 取得。请下载后用 --base 指明它的文件夹"
        ) from error
