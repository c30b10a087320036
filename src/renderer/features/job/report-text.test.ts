import { describe, expect, it } from 'vitest';
import { plainPath } from '../../lib/entry-path.ts';
import { reportText } from './report-text.ts';

const device = '018f2c0a-0000-7000-8000-000000000001';
const line = (name: string) => ({
  source: `sd://${device}/from/${encodeURIComponent(name)}`,
  target: `sd://${device}/to/${encodeURIComponent(name)}`,
  bytes: 3,
  digest: 'ab12',
  state: 'verified' as const,
});

describe('reportText', () => {
  it('is a table with one line for each file', () => {
    expect(reportText([line('a.txt')], 'csv', plainPath)).toBe(
      'source,target,bytes,blake3,state\r\n/from/a.txt,/to/a.txt,3,ab12,verified\r\n',
    );
  });

  it('keeps hostile names in their field', () => {
    const [, row] = reportText([line('a","b\n=x')], 'csv', plainPath).split('\r\n');
    expect(row).toBe('"/from/a"",""b\n=x","/to/a"",""b\n=x",3,ab12,verified');
    expect(reportText([{ ...line('x'), source: '=1+1', digest: null }], 'csv', plainPath)).toContain("\r\n'=1+1,/to/x,3,,verified\r\n");
  });

  it('is JSON on demand', () => {
    expect(JSON.parse(reportText([line('a.txt')], 'json', plainPath))).toEqual([
      { source: '/from/a.txt', target: '/to/a.txt', bytes: 3, digest: 'ab12', state: 'verified' },
    ]);
  });
});
