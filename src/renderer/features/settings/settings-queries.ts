import { useMutation, useQuery } from '@tanstack/react-query';
import type { Config } from '../../../shared/contract/config.ts';
import { query } from '../../app/engine.ts';

export const configQuery = query.config.get.queryOptions();

export function useConfig(): Config | undefined {
  return useQuery(configQuery).data;
}

export const useUpdateConfig = () => useMutation(query.config.update.mutationOptions());
