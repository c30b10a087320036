import { common, createLowlight } from 'lowlight';

/** Coloured text: a piece, and what it is, as highlight.js names it (`keyword`, `string` …). */
export interface CodePiece {
  text: string;
  scope: string | null;
}

type Tree = ReturnType<typeof lowlight.highlight>;
type TreeNode = Tree['children'][number];

const lowlight = createLowlight(common);

/** Languages by extension where the highlighter's own names for them are others. */
const LANGUAGES: Record<string, string> = {
  htm: 'xml',
  xhtml: 'xml',
  xht: 'xml',
  vue: 'xml',
  svelte: 'xml',
  mts: 'typescript',
  cts: 'typescript',
  jsonc: 'json',
  json5: 'json',
  geojson: 'json',
  env: 'ini',
  conf: 'ini',
  cfg: 'ini',
  properties: 'ini',
  desktop: 'ini',
  service: 'ini',
  fish: 'bash',
  hh: 'cpp',
  patch: 'diff',
};

/** What the highlighter calls a language, and has no colours for. */
const PLAIN = new Set(['txt', 'text', 'plaintext']);

/** The language of a file by its extension; null where it is shown as it is. */
export function languageOf(extension: string | null): string | null {
  const name = extension?.toLowerCase() ?? '';
  const language = LANGUAGES[name] ?? name;
  return lowlight.registered(language) && !PLAIN.has(language) ? language : null;
}

/** The text in pieces, line by line. */
export function highlightLines(text: string, language: string): CodePiece[][] {
  const lines: CodePiece[][] = [[]];
  const addText = (text: string, scope: string | null) => {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, scope });
    }
  };
  const add = (node: TreeNode, scope: string | null) => {
    if (node.type === 'text') addText(node.value, scope);
    else if (node.type === 'element') for (const child of node.children) add(child, scopeOf(node.properties.className) ?? scope);
  };
  for (const node of lowlight.highlight(language, text).children) add(node, null);
  return lines;
}

/** @param classes `hljs-title`, `function_` … */
function scopeOf(classes: unknown): string | null {
  return Array.isArray(classes) ? String(classes[0] ?? '').replace(/^hljs-/, '') : null;
}
