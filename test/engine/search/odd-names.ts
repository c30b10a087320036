import { mkdirSync, writeFileSync } from 'node:fs';
import { joinPath, type NativePath } from '#core/fs/native-path.ts';

/** Names that folding, sorting or splitting may get wrong: in NFC and NFD, of several scripts, not UTF-8, with dots in strange places. */
const NAMES: NativePath[] = [
  ...['café.txt'.normalize('NFC'), 'cafe\u0301 2.txt', 'Ångström'.normalize('NFC'), 'A\u030angstro\u0308m.md', 'STRASSE.JPG', 'Straße.jpg'],
  ...[
    'ΟΔΟΣ.txt',
    'οδος',
    'İstanbul',
    'ıstanbul',
    'ISTANBUL',
    'ﬁle.pdf',
    'ｆｕｌｌ．ｔｘｔ',
    '㎏½℀.md',
    '１２.txt',
    'Ⅳ.doc',
    'x².md',
    '…ext',
    'a…txt',
  ],
  ...['Ærøskøbing', 'Łódź.JPG', 'Đorđe', 'Þingvellir', 'Привет мир.doc', 'Ёлка', 'елка.TXT', 'שלום עולם', 'مرحبا بالعالم.pdf', 'أحمد'],
  ...[
    '東京タワー',
    'ﾄｳｷｮｳ',
    'トウキョウ.png',
    '한국어.hwp',
    '한국어'.normalize('NFD'),
    'हिन्दी.txt',
    'ภาษาไทย',
    '👩‍👩‍👧 family.jpg',
    '🏳️‍🌈',
    '😀😀.gif',
  ],
  ...['...', '..a', '.hidden', '.hidden.txt', 'a.', 'a..b', 'tar.gz', 'x.TAR.GZ', '.x.y.z', 'no extension', 'name.with.many.dots.txt'],
  ...[
    'a.verylongextension',
    'ends with space .txt',
    ' starts',
    '-rf',
    '%',
    '_',
    '*.txt',
    "O'Neill",
    '"quoted"',
    'line\nbreak',
    '\u0301',
    '\u0301.\u0301',
  ],
  ...[
    'file 2',
    'file 10',
    'file 02',
    'file 0002.txt',
    '2',
    '10',
    '1'.repeat(40),
    'x'.repeat(255),
    '\u200bzero',
    '\ufffd',
    '\uffff',
    'a\x01b',
    '𝔘𝔫𝔦',
    '𐐀𐐨',
  ],
  ...['ff', 'fffe61', '61c3', '612eff', 'ff2e747874', 'eda080', 'c0af', '66c3a9ff2e6a7067'].map((hex) => Buffer.from(hex, 'hex')),
];

/** Fills an existing folder with them: as files, some empty, and, in a folder of its own each, as folders. */
export function makeOddNames(folder: string): void {
  for (const [index, name] of NAMES.entries()) {
    writeFileSync(joinPath(folder, name), 'x'.repeat(index % 5));
    const parent = `${folder}/folders ${index % 7}`;
    mkdirSync(parent, { recursive: true });
    const inner = joinPath(parent, name);
    mkdirSync(inner);
    if (index % 3 > 0) writeFileSync(joinPath(inner, 'inside.txt'), 'x');
  }
}
