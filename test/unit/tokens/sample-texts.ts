const rows = Array.from({ length: 40 }, (_, index) => ({
  id: 1_000 + index,
  status: index % 7 === 0 ? 'failed' : 'ok',
  latency_ms: 3.25 + index,
  owner: { name: `user-${index}`, email: `user.${index}@example.com` },
  tags: index % 2 === 0 ? ['eu-west-1', 'blue'] : [],
  error: null,
}));

/** Texts as tools and people write them, made for these tests. */
export const sampleTexts: Readonly<Record<string, string>> = {
  english:
    "The committee hadn't decided yet, but they'll meet again on Thursday; it's the board's last chance, and WE'RE NOT " +
    'optimistic. Unfortunately, internationalization (i18n) and counterrevolutionaries were both misspelt.\n\nNext paragraph.',
  code: [
    'export async function fetchAll<T>(urls: readonly string[], { retries = 3 } = {}): Promise<T[]> {',
    '\tconst results: T[] = [];',
    '    for (const url of urls) {',
    '        // retry with back-off',
    "        results.push(await fetchJSON(url ?? 'https://example.com/a/b?c=d&e=%20f#g', retries));",
    '    }\n\n\n    return results;\n}\r\n',
  ].join('\n'),
  minifiedJson: JSON.stringify(rows),
  prettyJson: JSON.stringify(rows, undefined, 4),
  logs: Array.from(
    { length: 60 },
    (_, index) =>
      `2024-05-01T00:${String(index).padStart(2, '0')}:07.${index * 13}Z [INFO ] worker-${index % 4} c.e.HTTPServer2 - GET /api/v1/users/${index * 7919}?x=a1b2c3 200 ${index}ms 0x7ffee${index}`,
  ).join('\n'),
  diff: 'diff --git a/src/a.ts b/src/a.ts\n@@ -1,4 +1,4 @@\n-const a = 1;\n+const a = 2;\n \n-------\n+++++++\n/// </div>\n',
  table: Array.from(
    { length: 20 },
    (_, index) => `row${index}${' '.repeat(index * 3)}| ${'='.repeat(index * 5)} |`,
  ).join('\n'),
  chinese:
    '人工智能正在改变我们的生活方式，越来越多的公司开始使用大型语言模型来处理重复任务。2024年5月，API v2 上线了！',
  japanese: '昨日、東京で開催された会議では、新しいプロダクトの発表がありました。ﾊﾝｶｸもABCも混ざる〜。',
  korean: '어제 서울에서 열린 회의에서는 새로운 제품 발표가 있었습니다. OK?',
  russian: "Вчера на КОНФЕРЕНЦИИ представили новый продукт 'Спутник-2', подробности — на сайте.",
  arabic: 'أعلنت الشركة أمس عن منتج جديد، وشرحت خططها المستقبلية: ١٢٣٤٥ وحدة.',
  hindi: 'कल दिल्ली में आयोजित सम्मेलन में नए उत्पाद की घोषणा की गई।',
  emoji: 'done ✅🚀 👩‍👩‍👧‍👦 👍🏽 🇫🇷🇯🇵 ❤️‍🔥 ok☺\u{1F9D1}\u{200D}\u{1F680}',
  marks: 'e\u0301te\u0301 A\u0301B \u0301\u0301 \u0301ABC Ǆǅǆ ʰʱ ﬁ Ⅷ ½ ①②',
  blanks: ' \t \n\n  \r\n\r\n\u00a0\u3000\u2028 x   ',
  specialTokens: 'a <|endoftext|> b <|fim_prefix|><|im_start|>system<|im_end|> <|endofprompt|>',
  hostile: 'a\0b \ud800 \udc00\ud83d x \u{10FFFF}\u{E0001} \ufffd \x7f\x1b[31m__proto__',
};
