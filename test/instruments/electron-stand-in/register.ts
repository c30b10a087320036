/**
 * @file `node --import register.ts out/main/index.js`: whoever imports `electron` gets the stand-in. Nothing else of
 * the program is replaced.
 */
import { registerHooks } from 'node:module';

const standIn = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    return specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context);
  },
});
