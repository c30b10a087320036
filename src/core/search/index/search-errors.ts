import { MooringError } from '#shared/contract/error.ts';

export function cancelled(): MooringError {
  return new MooringError('CANCELLED', 'The search was abandoned.');
}

export function tooSlow(): MooringError {
  return new MooringError(
    'SEARCH_TOO_SLOW',
    'This search takes too long. Make its regular expression simpler, or leave out some of its many words.',
  );
}
