/// <reference types="vite/client" />

/** Whose work is in the program, put in by electron.vite.config.ts. */
declare const __LICENCES__: readonly { name: string; version: string; licence: string }[];
