"""Small corpora of our own making, in six kinds, the same on every run."""
import random

ENGLISH = """the of and to in for with on is are was it that as by from at this be or not can will has model text
search query document vector word piece token index score rank learn train measure large small fast slow better
worse answer question library notebook teacher student class language meaning price cut window length number
careful, running runs runner searched searching searches trained training untrained measurement measuring tokens
tokenization well-known e-mail state-of-the-art it's don't they're we've I'll she'd Python Java Seoul 2024 1,000 3.14
naïve café résumé Zürich coöperate HTTP/2 C++ (sic) "quoted" [1] {x} 50% $9.99 #1 & @home""".split()
KOREAN_STEMS = """배송 환불 주문 결제 상품 고객 문의 취소 교환 반품 쿠폰 포인트 회원 가입 비밀번호 변경 주소 택배 도착 지연
영수증 카드 계좌 입금 확인 오류 로그인 앱 설치 업데이트 검색 모델 학습 문장 토큰 사전 언어 의미 길이 가격""".split()
KOREAN_ENDINGS = """이 가 을 를 은 는 에 에서 으로 로 와 과 도 만 까지 부터 하다 합니다 했습니다 해주세요 하고 하면 했는데
할까요 되나요 됩니다 되었습니다 안돼요 3만원 10개 2024년 ? . ! ,""".split()
INDONESIAN_ROOTS = """ajar baca tulis cari beli jual kirim bayar pesan ubah hapus simpan buka tutup masuk keluar tanya jawab
lihat dengar kerja main pakai bantu ganti hitung ukur latih uji pilih kata bahasa makna harga panjang model""".split()
INDONESIAN_WORDS = "yang dan di ke dari untuk dengan tidak ini itu adalah akan sudah belum bisa saya kamu kita mereka".split()
JAVA = """int String List<String> Map<String,Integer> for ( ) { } ; = += == != < > return new public static final void class
this. .size() .get(i) .stream() .map(x->x) getName() setValue(v) toString() isEmpty() i++ 0x1F 1e-5f "text\\n" 'c' // comment
/* block */ @Override userName maxLength tokenCount HTTPServer parseXmlFile snake_case_name CONSTANT_VALUE \t""".split(" ")
EMOJI = ["😀", "👍🏽", "👩‍👩‍👧‍👦", "🇰🇷", "❤️", "e\u0301", "n\u0303", "a\u030a\u0301", "ﬁ", "Ⅷ", "①", "ｶﾞ", "ア", "中文", "漢字", "한\u1100\u1161",
         "ß", "İ", "ǅ", "\u00a0", "\u3000", "\u200b", "\u200d", "\ufeff", "नमस्ते", "สวัสดี", "مرحبا", "שלום", "𝔘𝔫𝔦", "𠀀", "…", "—", "«»", "x²", "½"]


def zipf(rng, items):
    return items[min(int(rng.paretovariate(0.7)) - 1, len(items) - 1) % len(items)]


SYLLABLES = "ba con ter ing er tion pre re un able ous ment al ly est ness ize or ist pro de in ex per sub trans form".split()


def coined(rng):
    return "".join(zipf(rng, SYLLABLES) if rng.random() < 0.5 else rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4)))


def english(rng):
    def word():
        return coined(rng) if rng.random() < 0.4 else zipf(rng, ENGLISH) if rng.random() < 0.7 else rng.choice(ENGLISH)
    return " ".join(word() for _ in range(rng.randint(3, 14))).capitalize() + "."


def korean(rng):
    return " ".join(rng.choice(KOREAN_STEMS) + zipf(rng, KOREAN_ENDINGS) + rng.choice(["", "", ".", "요"]) for _ in range(rng.randint(2, 9)))


def indonesian(rng):
    def word():
        root = zipf(rng, INDONESIAN_ROOTS) if rng.random() < 0.5 else rng.choice(INDONESIAN_ROOTS)
        return rng.choice(["", "", "me", "di", "ber", "pe", "ter"]) + root + rng.choice(["", "", "", "kan", "an", "i", "nya"])
    return " ".join(word() if rng.random() < 0.6 else rng.choice(INDONESIAN_WORDS) for _ in range(rng.randint(3, 12))) + rng.choice([".", "?", ""])


def code(rng):
    def word():
        return coined(rng) + coined(rng).capitalize() if rng.random() < 0.3 else rng.choice(JAVA)
    return rng.choice(["", "    ", "\t", "\t\t"]) + " ".join(word() for _ in range(rng.randint(2, 12)))


def emoji(rng):
    parts = [rng.choice(EMOJI) if rng.random() < 0.7 else rng.choice(ENGLISH) for _ in range(rng.randint(1, 10))]
    return rng.choice(["", " "]).join(parts)


def pathological(rng):
    kind = rng.randrange(12)
    if kind == 0:
        return rng.choice(["", " ", "\n", "\t \n", "   ", "\r\n", "\u2028"])
    if kind == 1:
        return rng.choice("ab'") * rng.randint(1, 150)
    if kind == 2:
        return "".join(rng.choice("ab") for _ in range(rng.randint(1, 40)))
    if kind == 3:
        return "".join(chr(rng.choice([0, 1, 7, 9, 10, 13, 27, 127, 0x85, 0xAD, 0xFFFD, 97, 98, 32])) for _ in range(rng.randint(1, 20)))
    if kind == 4:
        return " ".join(rng.choice(["'s", "'S", "'re", "''", "'", "n't", "'ll'", "’s"]) + rng.choice(["", "x", "1"]) for _ in range(rng.randint(1, 6)))
    if kind == 5:
        return "  ".join(rng.choice(["a", "aa", "aaa", " b", "b  "]) for _ in range(rng.randint(1, 9)))
    if kind == 6:
        return "".join(chr(rng.randrange(0x20, 0x2FF)) for _ in range(rng.randint(1, 30)))
    if kind == 7:
        return "".join(chr(rng.choice([rng.randrange(0x300, 0xD7FF), rng.randrange(0xE000, 0xFFFD)])) for _ in range(rng.randint(1, 12)))
    if kind == 8:
        return "".join(chr(rng.randrange(0x10000, 0x1F9FF)) for _ in range(rng.randint(1, 8)))
    if kind == 9:
        return ".,;:!?-_()" * rng.randint(1, 5) + str(rng.randrange(10**9))
    if kind == 10:
        return "▁".join(rng.choice(["a", "Ġ", "Ċb", "▁", "<unk>", "x"]) for _ in range(rng.randint(1, 6)))
    return "z" * rng.randint(95, 105) + rng.choice(["", "é", "한"])


KINDS = {"english": english, "korean": korean, "indonesian": indonesian, "code": code, "emoji": emoji, "pathological": pathological}


def corpus(name, size=600):
    rng = random.Random(name)
    return [KINDS[name](rng) for _ in range(size)]
