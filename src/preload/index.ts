/**
 * @file Runs sandboxed beside the page, in a world of its own. It hands the page its ports and exposes nothing else:
 * no function, no object, no way to reach another channel.
 */
import { ipcRenderer } from 'electron';
import { CONNECT_MESSAGE, PORTS_MESSAGE } from '#shared/page-ports.ts';

window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== window.location.origin) return;
  if (event.data?.type === CONNECT_MESSAGE) ipcRenderer.send(CONNECT_MESSAGE);
});

ipcRenderer.on(PORTS_MESSAGE, (event) => {
  window.postMessage({ type: PORTS_MESSAGE }, window.location.origin, event.ports);
});
