import { expect, it } from 'vitest';
import { isTemporaryName } from './temporary-names.ts';

it('knows the names that programs give to what is soon gone', () => {
  const names = [
    'report.docx~',
    '.report.txt.swp',
    'film.mkv.part',
    'setup.exe.crdownload',
    '.mooring-0195-3.part',
    '~$report.docx',
    '.~lock.a.odt#',
    'x.TMP',
    '.a.txt.Kx2f9Z',
  ];
  expect(names.filter((name) => !isTemporaryName(name))).toEqual([]);
});

it('takes no other name for one of them', () => {
  const names = ['part', 'tmp', 'report.docx', '.bashrc', 'a.partner', 'swp', 'photo~1.jpg'];
  expect(names.filter(isTemporaryName)).toEqual([]);
});
