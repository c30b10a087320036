import { ChevronRight, ZoomOut } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Name } from '../../components/Name.tsx';
import type { PathStep } from '../../lib/entry-path.ts';

interface SizeZoomProps {
  /** Address of the open folder. */
  root: string;
  /** The way from it to the folder that the map shows. */
  steps: readonly PathStep[];
  onZoom: (path: string) => void;
}

/** How far the map is zoomed in, and the ways out again. */
export function SizeZoom({ root, steps, onZoom }: SizeZoomProps) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('sizeMap.zoom')} className="flex h-9 shrink-0 items-center gap-0.5 overflow-hidden px-4">
      <Button size="sm" variant="ghost" icon={ZoomOut} onClick={() => onZoom(root)}>
        {t('sizeMap.whole')}
      </Button>
      {steps.map(({ name, path }, index) => (
        <Fragment key={path}>
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />
          <Button
            size="sm"
            variant="ghost"
            className="min-w-0"
            {...(index === steps.length - 1 ? { 'aria-current': 'true' } : {})}
            onClick={() => onZoom(path)}
          >
            <Name className="truncate">{name}</Name>
          </Button>
        </Fragment>
      ))}
    </nav>
  );
}
