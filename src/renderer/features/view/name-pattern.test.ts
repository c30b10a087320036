import { describe, expect, it } from 'vitest';
import { namePattern } from './name-pattern.ts';

const NAMES = ['IMG_1.jpg', 'img_20.JPG', 'notes.txt', 'Ärger.txt', 'a+b (1).txt', 'two\nlines.txt', 'jpg'];
const matching = (pattern: string) => NAMES.filter(namePattern(pattern) ?? (() => false));

describe('a pattern of names', () => {
  it('has stars and question marks', () => {
    expect(matching('*.jpg')).toEqual(['IMG_1.jpg', 'img_20.JPG']);
    expect(matching('img_?.jpg')).toEqual(['IMG_1.jpg']);
    expect(matching('ä*')).toEqual(['Ärger.txt']);
    expect(matching('two*')).toEqual(['two\nlines.txt']);
  });

  it('is found anywhere without them', () => expect(matching('ärg')).toEqual(['Ärger.txt']));

  it('can be several', () => expect(matching('*.jpg; notes ;;')).toEqual(['IMG_1.jpg', 'img_20.JPG', 'notes.txt']));

  it('takes other characters as they are', () => {
    expect(matching('a+b (1).*')).toEqual(['a+b (1).txt']);
    expect(matching('[a-z]')).toEqual([]);
    expect(matching('(')).toEqual(['a+b (1).txt']);
  });

  it('is none without a letter', () => expect([namePattern(''), namePattern(' ; ')]).toEqual([null, null]));
});
