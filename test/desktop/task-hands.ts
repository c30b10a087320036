/** @file The two ways of doing a task: by keys alone and by the mouse alone. `watchHands` notes what was used, so that a test can hold a hand to it. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { dropOn, typeFluently } from '#test/instruments/page-hands.ts';

const MOST_STEPS = 120;

/** What reached the page since the last look: presses of mouse buttons, and of keys. */
const WATCH = `(() => {
  window.usedHands = { presses: 0, keys: [] };
  addEventListener('pointerdown', (event) => { if (event.isTrusted) window.usedHands.presses++; }, true);
  addEventListener('keydown', (event) => { if (event.isTrusted) window.usedHands.keys.push(event.key); }, true);
})()`;

/** As a screen reader says it, roughly. */
const NAME_OF = `(it) => {
  const name = it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent ?? it.textContent ?? '';
  const group = it.closest('[role="radiogroup"][aria-label]')?.getAttribute('aria-label');
  return it.role === 'radio' && group ? group + ': ' + name : name;
}`;

/** Has every page of the context note what it is used by. */
export async function watchHands(page: Page): Promise<void> {
  await page.addInitScript(WATCH);
}

export function forgetHands(page: Page): Promise<unknown> {
  return page.evaluate('window.usedHands = { presses: 0, keys: [] }');
}

export function usedHands(page: Page): Promise<{ presses: number; keys: string[] }> {
  return page.evaluate('window.usedHands');
}

/** The keyboard, and what somebody knows who cannot see: the name of what has the focus. */
export class Keys {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Waits until a field has the focus: a dialog gives it to its first one when it is drawn, and keys before that are for what is behind it. */
  async field(): Promise<void> {
    await expect.poll(() => this.#page.evaluate<boolean>('document.activeElement instanceof HTMLInputElement')).toBe(true);
  }

  /** Writes into the field that has the focus, in place of what is selected in it. */
  async write(text: string): Promise<void> {
    await this.field();
    await this.#page.keyboard.type(text);
  }

  /** Writes the beginning of a name, to which a list goes. */
  async writeAhead(text: string): Promise<void> {
    await typeFluently(this.#page, text);
  }

  /** The name of what has the focus. */
  focused(): Promise<string> {
    return this.#page.evaluate<string>(`(${NAME_OF})(document.activeElement)`);
  }

  /** Goes on with Tab until the focus is on what is wanted; every stop on the way has to have a name. @param key e.g. `Shift+Tab` */
  async tabTo(wanted: RegExp, key = 'Tab'): Promise<void> {
    for (let step = 0; step < MOST_STEPS; step++) {
      await this.press(key);
      const name = (await this.focused()).trim();
      if (wanted.test(name)) return;
      expect(name, `stop ${step} on the way to ${wanted}`).not.toBe('');
    }
    throw new Error(`${key} did not lead to ${wanted}`);
  }

  /** Goes through what has the focus by a key until its active part is the wanted one. */
  async goTo(wanted: RegExp, key = 'ArrowDown'): Promise<void> {
    for (let step = 0; step < MOST_STEPS; step++) {
      if (wanted.test(await this.#active())) return;
      await this.press(key);
      // A menu moves the keyboard on with a timer of its own: one that begins later ends later.
      await this.#page.evaluate('new Promise((resolve) => setTimeout(resolve))');
    }
    throw new Error(`${key} did not lead to ${wanted}`);
  }

  /** Selects an entry of the list that has the keyboard, as soon as it is there: a folder that has just been opened is read first. */
  async choose(entry: RegExp): Promise<void> {
    await this.#page.getByRole('row', { name: entry }).first().waitFor();
    await this.press('Home');
    await this.goTo(entry);
  }

  /** Opens the menu of what is active, and chooses from it. */
  async menu(item: RegExp, opener = 'Shift+F10'): Promise<void> {
    await this.press(opener);
    await this.#page.getByRole('menu').waitFor();
    // It takes the keyboard when it is drawn; a key before that is still for what it is of, and closes it.
    await expect.poll(() => this.#page.evaluate<boolean>(`document.activeElement?.closest('[role="menu"]') !== null`)).toBe(true);
    await this.#page.getByRole('menuitem', { name: item, disabled: false }).waitFor();
    await this.goTo(item);
    await this.press('Enter');
  }

  #active(): Promise<string> {
    return this.#page.evaluate<string>(`(() => {
      const it = document.activeElement;
      // A menu has the focus itself until one of its items is active.
      if (it.role === 'menu') return '';
      return (${NAME_OF})(document.getElementById(it.getAttribute('aria-activedescendant') ?? '') ?? it);
    })()`);
  }
}

/** The mouse. */
export class Mouse {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async click(what: Locator): Promise<void> {
    await what.click();
  }

  async double(what: Locator): Promise<void> {
    await what.dblclick();
  }

  async menu(what: Locator, item: string | RegExp): Promise<void> {
    await what.click({ button: 'right' });
    await this.#page.getByRole('menuitem', { name: item }).click();
  }

  /** Drags one thing onto another. */
  async drag(what: Locator, where: Locator): Promise<void> {
    await where.scrollIntoViewIfNeeded();
    await what.hover({ position: { x: 60, y: 12 } });
    await this.#page.mouse.down();
    await dropOn(this.#page, where);
  }

  /** Clicks into the empty part of the list. */
  async beside(): Promise<void> {
    const list = this.#page.locator('main [role="grid"]');
    const box = await list.boundingBox();
    if (!box) throw new Error('There is no list');
    await this.#page.mouse.click(box.x + box.width / 2, box.y + box.height - 20);
  }

  /** Over what the pointer is on. */
  async wheel(pixels: number): Promise<void> {
    await this.#page.mouse.wheel(0, pixels);
  }

  /** Text comes into the field that has the focus, in place of what is selected in it, as from a clipboard or a dictation. */
  async write(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
  }
}
