import { expect, it } from 'vitest';
import { PageCommands } from './page-commands.ts';

const settings = { type: 'command', command: 'app.settings' } as const;
const jobs = { type: 'show-jobs' } as const;

it('keeps commands until a page takes them, in order', async () => {
  const commands = new PageCommands();
  commands.send(settings);
  commands.send(jobs);
  const page = commands.follow(new AbortController().signal);
  expect((await page.next()).value).toEqual(settings);
  expect((await page.next()).value).toEqual(jobs);
  const next = page.next();
  commands.send(settings);
  expect((await next).value).toEqual(settings);
});

it('gives each page what was sent to it, and to nobody else', async () => {
  const commands = new PageCommands();
  const [one, other] = [{}, {}];
  const { signal } = new AbortController();
  const [first, second] = [commands.follow(signal, one), commands.follow(signal, other)];
  const [toFirst, toSecond] = [first.next(), second.next()];
  commands.send(jobs, other);
  commands.send(settings, one);
  expect((await toFirst).value).toEqual(settings);
  expect((await toSecond).value).toEqual(jobs);
});

it('gives a command to the page that is there, not to the one that was', async () => {
  const commands = new PageCommands();
  const reload = new AbortController();
  const former = commands.follow(reload.signal);
  const waiting = former.next();
  reload.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  commands.send(jobs);
  expect((await commands.follow(new AbortController().signal).next()).value).toEqual(jobs);
});
