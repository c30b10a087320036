/** @file Sentences with places for values: what a code of the contract says in English. */

/** The names in curly brackets. */
type Names<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** What has to be given for a sentence: an argument with a text for each place, or none. */
export type ParamsOf<Sentence extends string> = [Names<Sentence>] extends [never] ? [] : [params: Record<Names<Sentence>, string>];

/** What is put in is taken as it is, curly brackets and all. */
export function fillIn(sentence: string, params: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(params, name) ? (params[name] ?? '') : place));
}
