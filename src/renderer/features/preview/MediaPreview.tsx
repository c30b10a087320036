import { Music } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { displayName } from '../../lib/display-name.ts';
import { NoPreview } from './NoPreview.tsx';

interface MediaPreviewProps {
  entry: Entry;
  url: string;
  kind: 'video' | 'audio';
  /** It stops when it is no longer looked at. */
  isActive: boolean;
  autoPlay: boolean;
}

/** A film or a sound: only what is played of it is read. */
export function MediaPreview({ entry, url, kind, isActive, autoPlay }: MediaPreviewProps) {
  const { t } = useTranslation();
  const [hasFailed, setFailed] = useState(false);
  const player = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  useEffect(() => {
    if (!isActive) player.current?.pause();
  }, [isActive]);
  useEffect(() => {
    const element = player.current;
    if (!element) return;
    element.src = url;
    // A player that is taken off the page would go on loading until it is tidied up.
    return () => {
      element.removeAttribute('src');
      element.load();
    };
  }, [url]);

  if (hasFailed) return <NoPreview entry={entry} text={t(kind === 'video' ? 'preview.cannotPlayVideo' : 'preview.cannotPlayAudio')} />;
  const shared = {
    ref: player,
    controls: true,
    autoPlay,
    preload: 'metadata',
    onError: () => setFailed(true),
    'aria-label': displayName(entry.name),
  } as const;
  if (kind === 'audio') {
    return (
      <div className="flex size-full flex-col items-center justify-center gap-6 p-6">
        <Music aria-hidden className="size-20 max-h-[45%] shrink text-[#c0476f] dark:text-[#e68aaa]" strokeWidth={1} />
        <audio {...shared} className="w-full max-w-110" />
      </div>
    );
  }
  return (
    <div className="grid size-full place-items-center bg-black">
      <video {...shared} playsInline className="size-full object-contain" />
    </div>
  );
}
