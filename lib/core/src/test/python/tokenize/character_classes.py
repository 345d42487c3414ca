"""Reads the character classes of Hugging Face tokenizers off its public interface.

Usage: python character_classes.py > ../../../main/resources/dev/embedlab/tokenize/text/character-classes.txt
Made with tokenizers 0.23.2 and Python's unicodedata 15 (only for the list of decomposable characters).
"""
import unicodedata

from tokenizers import normalizers, pre_tokenizers

CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
CLEAN = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
ACCENTS = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
MARKS = normalizers.StripAccents()
NFKD = normalizers.NFKD()
PUNCTUATION = pre_tokenizers.Punctuation()

# Compatibility decompositions younger than the reference's tables; the JDK knows them.
YOUNG = [0x32FF, 0xA7F1, 0xA7F2, 0xA7F3, 0xA7F4, 0xAB69, 0x105C9, 0x105E4]
YOUNG += [c for c in CODE_POINTS if 0x10780 <= c <= 0x107BF or 0x1CCD6 <= c <= 0x1CCF9 or 0x1E030 <= c <= 0x1E06F]
YOUNG += [0x1F16C, *range(0x1FBF0, 0x1FBFA)]
YOUNG += [0x11383, 0x11385, 0x1138E, 0x11391, 0x113C5, 0x113C7, 0x113C8, 0x11938]
YOUNG += [*range(0x16121, 0x16129), 0x16D68, 0x16D69, 0x16D6A]


def wrapped(normalizer, c):
    return normalizer.normalize_str("a" + chr(c) + "b")


def ranges(members):
    found = []
    for c in members:
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in found)


def removed(normalizer):
    return [c for c in CODE_POINTS if wrapped(normalizer, c) == "ab"]


print("# Made by src/test/python/tokenize/character_classes.py with tokenizers 0.23.2; ranges are hexadecimal.")
print("other", ranges([c for c in removed(CLEAN) if c != 0xFFFD]))
print("nonspacing_mark", ranges(removed(ACCENTS)))
print("mark", ranges(removed(MARKS)))
punctuation = [c for c in CODE_POINTS if len(PUNCTUATION.pre_tokenize_str("a" + chr(c) + "b")) == 3]
print("punctuation", ranges(punctuation))
print("not_decomposed", ranges(sorted(c for c in set(YOUNG) if wrapped(NFKD, c) == "a" + chr(c) + "b")))
