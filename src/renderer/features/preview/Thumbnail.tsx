import { type ReactNode, useState } from 'react';
import { type Shown, thumbnailUrl } from './content-url.ts';

interface ThumbnailProps {
  entry: Shown;
  className?: string;
  /** Instead of a picture that there is none of, or that cannot be shown. */
  children: ReactNode;
}

/** A small picture of a file, read when it comes into sight; beside its name it needs none of its own. */
export function Thumbnail({ entry, className, children }: ThumbnailProps) {
  const url = thumbnailUrl(entry);
  const [failed, setFailed] = useState<string | null>(null);
  if (url === null || failed === url) return children;
  return <img src={url} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setFailed(url)} className={className} />;
}
