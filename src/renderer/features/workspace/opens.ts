import type { MouseEvent } from 'react';
import { navigate } from '../../app/navigation.ts';
import type { Route } from '../../lib/route.ts';
import { openInNewTab } from './tab-commands.ts';

/** What clicks do on something that leads somewhere: it opens here; with Ctrl (Command), or by the middle button, in a tab behind. */
export function opens(route: Route) {
  return {
    onClick: (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey) openInNewTab(route, { inBackground: true });
      else navigate(route);
    },
    onAuxClick: (event: MouseEvent) => {
      if (event.button !== 1) return;
      event.preventDefault();
      openInNewTab(route, { inBackground: true });
    },
  };
}
