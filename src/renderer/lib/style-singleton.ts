/**
 * Stands in for `react-style-singleton` (see the alias in electron.vite.config.ts), which radix-ui's scroll lock uses. The
 * original adds <style> elements, which our Content-Security-Policy forbids; constructed style sheets need no exception.
 */
import { useEffect } from 'react';

/** One sheet for all users of it: added with the first, removed with the last. */
export function stylesheetSingleton() {
  let users = 0;
  let sheet: CSSStyleSheet | null = null;
  return {
    add(css: string) {
      users += 1;
      if (users > 1) return;
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    },
    remove() {
      users -= 1;
      if (users > 0) return;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      sheet = null;
    },
  };
}

export function styleHookSingleton() {
  const singleton = stylesheetSingleton();
  return (styles: string, isDynamic?: boolean) => {
    // biome-ignore lint/correctness/useExhaustiveDependencies: styles that are not dynamic stay as they were first given.
    useEffect(() => {
      singleton.add(styles);
      return () => singleton.remove();
    }, [styles && isDynamic]);
  };
}

export function styleSingleton() {
  const useStyle = styleHookSingleton();
  return function Sheet({ styles, dynamic }: { styles: string; dynamic?: boolean }) {
    useStyle(styles, dynamic);
    return null;
  };
}
