import { describe, expect, it } from 'vitest';
import { fittingColumns, moveColumn, resizeColumn, toggleColumn, USUAL_COLUMNS, widthOf } from './folder-columns.tsx';
import { formatMode } from './format-mode.ts';
import { forAllFolders, NO_MEMORY, USUAL_VIEW, viewOf, withoutView, withView } from './view-memory.ts';

const ROOT = 'sd://volume/root';
const names = (columns: readonly { name: string }[]) => columns.map(({ name }) => name);

describe('how a folder is looked at', () => {
  it('is remembered for each by itself', () => {
    const memory = withView(withView(NO_MEMORY, 'a', ROOT, { kind: 'grid' }), 'a', ROOT, { sort: 'size' });
    expect(viewOf(memory, 'a', ROOT)).toEqual({ ...USUAL_VIEW, kind: 'grid', sort: 'size' });
    expect(viewOf(memory, 'b', ROOT)).toBe(USUAL_VIEW);
    expect(viewOf(withoutView(memory, 'a', ROOT), 'a', ROOT)).toBe(USUAL_VIEW);
  });

  it('can be that of all folders', () => {
    const memory = forAllFolders(withView(withView(NO_MEMORY, 'b', ROOT, { kind: 'gallery' }), 'a', ROOT, { kind: 'grid' }), 'a', ROOT);
    expect(['a', 'b', 'c'].map((address) => viewOf(memory, address, ROOT).kind)).toEqual(['grid', 'grid', 'grid']);
    expect(viewOf(withView(memory, 'b', ROOT, { sort: 'size' }), 'b', ROOT)).toMatchObject({ kind: 'grid', sort: 'size' });
  });

  it('is that of all folders on the way, as columns, until another view is chosen', () => {
    const memory = withView(withView(NO_MEMORY, 'b', ROOT, { kind: 'grid' }), 'a', ROOT, { kind: 'columns' });
    expect(['a', 'b', 'c'].map((address) => viewOf(memory, address, ROOT).kind)).toEqual(['columns', 'columns', 'columns']);
    expect(viewOf(memory, 'b', 'another drive').kind).toBe('grid');
    const after = withView(memory, 'c', ROOT, { kind: 'gallery' });
    expect(['a', 'b', 'c'].map((address) => viewOf(after, address, ROOT).kind)).toEqual(['list', 'grid', 'gallery']);
  });

  it('is forgotten where it was changed longest ago', () => {
    let memory = NO_MEMORY;
    for (let number = 0; number < 1000; number++) memory = withView(memory, `folder ${number}`, ROOT, { kind: 'grid' });
    memory = withView(withView(memory, 'folder 0', ROOT, { sort: 'size' }), 'one more', ROOT, { kind: 'grid' });
    expect(memory.folders).toHaveLength(1000);
    expect(viewOf(memory, 'folder 0', ROOT).kind).toBe('grid');
    expect(viewOf(memory, 'folder 1', ROOT).kind).toBe('list');
  });
});

describe('columns of a list', () => {
  it('come, go and move', () => {
    const more = toggleColumn(USUAL_COLUMNS, 'created');
    expect(names(more)).toEqual(['size', 'modified', 'kind', 'created']);
    expect(names(toggleColumn(more, 'size'))).toEqual(['modified', 'kind', 'created']);
    expect(names(moveColumn(more, 'created', -1))).toEqual(['size', 'modified', 'created', 'kind']);
    expect(names(moveColumn(more, 'size', -5))).toEqual(['size', 'modified', 'kind', 'created']);
    expect(names(moveColumn(more, 'size', 9))).toEqual(['modified', 'kind', 'created', 'size']);
    expect(moveColumn(more, 'link', 1)).toBe(more);
  });

  it('have a width between the least and the most', () => {
    const widths = [10, 120.4, 9000].map((width) => resizeColumn(USUAL_COLUMNS, 'size', width)[0]?.width);
    expect(widths).toEqual([56, 120, 600]);
  });

  it('leave where there is no room, unless they were chosen', () => {
    expect(fittingColumns(USUAL_COLUMNS, 2000)).toBe(USUAL_COLUMNS);
    expect(names(fittingColumns(USUAL_COLUMNS, widthOf(USUAL_COLUMNS) - 1))).toEqual(['size', 'modified']);
    expect(names(fittingColumns(USUAL_COLUMNS, 0))).toEqual(['size']);
    const chosen = toggleColumn(USUAL_COLUMNS, 'link');
    expect(fittingColumns(chosen, 0)).toBe(chosen);
  });

  it('write permissions as people know them', () => {
    const mode = (kind: 'file' | 'folder' | 'symlink', bits: number) => formatMode({ kind, mode: bits });
    expect([mode('folder', 0o755), mode('file', 0o4755), mode('file', 0o640), mode('folder', 0o1776), mode('symlink', 0o777)]).toEqual([
      'drwxr-xr-x',
      '-rwsr-xr-x',
      '-rw-r-----',
      'drwxrwxrwT',
      'lrwxrwxrwx',
    ]);
  });
});
