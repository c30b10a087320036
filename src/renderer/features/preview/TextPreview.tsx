import { Fragment, memo, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { extensionOf } from './content-url.ts';
import { type CodePiece, highlightLines, languageOf } from './highlight.ts';
import { NoPreview } from './NoPreview.tsx';
import { PreviewLoading } from './PreviewLoading.tsx';
import { type TextPart, useTextParts } from './use-text-parts.ts';

/** Longer lines are not written by people; colouring them would take seconds. */
const LONGEST_COLOURED_LINE = 3000;
/** Languages whose lines are paragraphs: they are broken where the room ends. */
const PROSE = new Set(['markdown', 'md', 'mkdown', 'mkd']);
/** What turns the text around it (“Trojan Source”, CVE-2021-42574) is shown, not done. */
const DIRECTIONS = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/;

const COLORS: Record<string, string> = {
  comment: 'text-faint italic',
  quote: 'text-faint italic',
  keyword: 'text-[#8a3fa0] dark:text-[#d29be8]',
  'selector-tag': 'text-[#8a3fa0] dark:text-[#d29be8]',
  tag: 'text-[#8a3fa0] dark:text-[#d29be8]',
  name: 'text-[#8a3fa0] dark:text-[#d29be8]',
  string: 'text-[#1c7048] dark:text-[#8fd19e]',
  regexp: 'text-[#1c7048] dark:text-[#8fd19e]',
  addition: 'text-[#1c7048] dark:text-[#8fd19e]',
  code: 'text-[#1c7048] dark:text-[#8fd19e]',
  number: 'text-[#9a4a12] dark:text-[#f0b27a]',
  literal: 'text-[#9a4a12] dark:text-[#f0b27a]',
  symbol: 'text-[#9a4a12] dark:text-[#f0b27a]',
  bullet: 'text-[#9a4a12] dark:text-[#f0b27a]',
  title: 'text-[#17639a] dark:text-[#7cc0f0]',
  section: 'font-semibold text-[#17639a] dark:text-[#7cc0f0]',
  'selector-class': 'text-[#17639a] dark:text-[#7cc0f0]',
  'selector-id': 'text-[#17639a] dark:text-[#7cc0f0]',
  attr: 'text-[#17639a] dark:text-[#7cc0f0]',
  attribute: 'text-[#17639a] dark:text-[#7cc0f0]',
  property: 'text-[#17639a] dark:text-[#7cc0f0]',
  link: 'text-[#17639a] underline dark:text-[#7cc0f0]',
  built_in: 'text-[#0d6d75] dark:text-[#74cfd8]',
  type: 'text-[#0d6d75] dark:text-[#74cfd8]',
  variable: 'text-[#0d6d75] dark:text-[#74cfd8]',
  'template-variable': 'text-[#0d6d75] dark:text-[#74cfd8]',
  meta: 'text-soft',
  deletion: 'text-bad',
  strong: 'font-semibold',
  emphasis: 'italic',
};

interface TextPreviewProps {
  entry: Entry;
  url: string;
  /** Only its beginning, without the numbers of lines. */
  isCompact: boolean;
}

/** A text, its beginning at once and the rest as it comes into sight; code in colours. Whatever language it is in, it stays text. */
export default function TextPreview({ entry, url, isCompact }: TextPreviewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const text = useTextParts(url);
  const language = languageOf(extensionOf(entry.linkTarget ?? entry.name));
  const { parts, state } = text;
  const shown = isCompact ? parts.slice(0, 1) : parts;

  if (state === 'binary') return <NoPreview entry={entry} text={t('preview.none')} />;
  if (state === 'failed' && parts.length === 0) return <NoPreview entry={entry} text={errorText(text.error)} />;
  if (state !== 'loading' && text.sizeBytes === 0) return <NoPreview entry={entry} text={t('preview.emptyFile')} />;
  let line = 1;
  return (
    <div
      tabIndex={isCompact ? -1 : 0}
      role="document"
      data-scrolls
      aria-label={t('preview.text')}
      className="h-full overflow-auto bg-canvas"
    >
      {state === 'loading' && <PreviewLoading />}
      <div
        data-selectable
        className={classNames('w-max min-w-full font-mono leading-5', isCompact ? 'py-2 text-2xs leading-4' : 'py-3 text-xs')}
      >
        {shown.map((part) => {
          const first = line;
          line += lineCount(part.text);
          return <Part key={part.start} part={part} firstLine={first} language={language} isCompact={isCompact} />;
        })}
      </div>
      {!isCompact && text.next < text.sizeBytes && state !== 'loading' && (
        <div className="sticky left-0 flex items-center gap-3 px-4 pb-4 text-faint text-xs">
          {state === 'failed' ? (
            <>
              <InlineError error={text.error} />
              <Button size="sm" onClick={text.retry}>
                {t('common.retry')}
              </Button>
            </>
          ) : (
            <More key={text.next} onSeen={text.loadMore}>
              {t('preview.shownOf', { shown: format.size(text.next), total: format.size(text.sizeBytes) })}
            </More>
          )}
        </div>
      )}
    </div>
  );
}

interface PartProps {
  part: TextPart;
  firstLine: number;
  language: string | null;
  isCompact: boolean;
}

/** Drawn once: further parts change nothing in it. */
const Part = memo(function Part({ part: { text }, firstLine, language, isCompact }: PartProps) {
  const lines = useMemo(() => toLines(text, language), [text, language]);
  const isProse = language === null || PROSE.has(language);
  return (
    // Parts out of sight are neither laid out nor painted.
    <div className="[content-visibility:auto]" style={{ containIntrinsicSize: `auto ${lines.length * 20}px` }}>
      {lines.map((pieces, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have nothing but their place.
        <div key={index} className="flex">
          {!isCompact && (
            <span aria-hidden className="sticky left-0 w-14 shrink-0 select-none bg-canvas pr-4 text-right text-faint tabular">
              {firstLine + index}
            </span>
          )}
          <pre
            className={classNames(
              'pr-6 font-mono [unicode-bidi:plaintext]',
              isCompact && 'pl-3',
              isProse && !isCompact && 'max-w-[110ch] whitespace-pre-wrap [overflow-wrap:anywhere]',
            )}
          >
            {pieces.length === 0 ? ' ' : pieces.map(showPiece)}
          </pre>
        </div>
      ))}
    </div>
  );
});

function showPiece({ text, scope }: CodePiece, at: number): ReactNode {
  const content = DIRECTIONS.test(text) ? text.split(DIRECTIONS).map(showDirection) : text;
  const color = scope === null ? undefined : COLORS[scope];
  return (
    <span key={at} {...(color ? { className: color } : {})}>
      {content}
    </span>
  );
}

function showDirection(part: string, index: number): ReactNode {
  if (index % 2 === 0) return <Fragment key={index}>{part}</Fragment>;
  const code = part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return (
    <span key={index} className="mx-px rounded bg-warn-wash px-1 text-warn">
      ⟨U+{code}⟩
    </span>
  );
}

function toLines(text: string, language: string | null): CodePiece[][] {
  const plain = text.replaceAll('\r\n', '\n').replace(/\n$/, '');
  const lines = plain.split('\n');
  if (language !== null && lines.every((line) => line.length <= LONGEST_COLOURED_LINE)) return highlightLines(plain, language);
  return lines.map((line) => (line === '' ? [] : [{ text: line, scope: null }]));
}

function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

/** Asks for more when it comes into sight. */
function More({ onSeen, children }: { onSeen: () => void; children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && onSeen(), { rootMargin: '800px' });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [onSeen]);
  return <span ref={place}>{children}</span>;
}
