/**
 * Raised by one with every change of the contract; `contract.test.ts` hashes the contract and fails until it is.
 * Clients send it with `system.connect`; the engine refuses another version with `CONTRACT_MISMATCH`.
 */
export const CONTRACT_VERSION = 4;
