import { InvalidArgumentError } from 'commander';

/** For `--limit`, `--tail`: a whole number in a range. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max && text.trim() !== '') return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };
}
