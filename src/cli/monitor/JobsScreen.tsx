import { Box, Text, useApp, useInput } from 'ink';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { EngineClient } from '#shared/contract/contract.ts';
import { toMooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import { shownPath } from '../printers/address.ts';
import { hasEnded, pausedText } from '../printers/job-state.ts';
import { safeText } from '../printers/safe-text.ts';
import { JobLine } from './JobLine.tsx';
import type { MonitorState } from './monitor-state.ts';
import { Heading, useTerminalSize } from './screen-parts.tsx';

/** Title, two headings, the lines between them, what the chosen job says of itself, and the help. */
const FRAME_LINES = 14;

interface Props {
  state: MonitorState;
  engine: EngineClient;
  units: SizeUnits;
  /** Shows this one and those that it has begun, and ends with it. */
  jobId: string | null;
}

/** Jobs alone, one of them chosen by the arrow keys, to be paused, resumed or cancelled. */
export function JobsScreen({ state, engine, units, jobId }: Props) {
  const { jobs: all } = useSyncExternalStore(state.subscribe, state.snapshot);
  const { exit } = useApp();
  const { columns, rows } = useTerminalSize();
  const [chosenId, setChosenId] = useState(jobId);
  const [remark, setRemark] = useState('');
  const jobs = jobId === null ? all : all.filter((job) => job.id === jobId || job.parentId === jobId);
  const current = jobs.filter((job) => !hasEnded(job));
  const ended = jobs.filter(hasEnded);
  const shown = [...current, ...ended].slice(0, Math.max(1, rows - FRAME_LINES));
  const chosen = shown.find((job) => job.id === chosenId) ?? shown[0];

  const isOver = jobId !== null && ended.some((job) => job.id === jobId);
  useEffect(() => {
    if (isOver) exit();
  }, [isOver, exit]);

  useInput((input, key) => {
    if (input === 'q' || key.escape) return exit();
    const step = key.upArrow ? -1 : key.downArrow ? 1 : 0;
    if (step !== 0 && chosen) setChosenId(shown[shown.indexOf(chosen) + step]?.id ?? chosen.id);
    const verb = VERBS[input];
    if (!verb || !chosen) return;
    setRemark('');
    engine.jobs[verb]({ id: chosen.id }).catch((error: unknown) => setRemark(toMooringError(error).message));
  });

  const line = (job: Job) => (
    <Box key={job.id} gap={1}>
      <Text color="cyan">{job === chosen ? '›' : ' '}</Text>
      <JobLine job={job} units={units} />
    </Box>
  );
  const shownCurrent = shown.filter((job) => !hasEnded(job));
  const shownEnded = shown.filter(hasEnded);
  return (
    <Box flexDirection="column" width={columns}>
      <Text bold>Mooring jobs</Text>
      <Heading text="Now" hidden={current.length - shownCurrent.length} />
      {shownCurrent.length === 0 && <Text dimColor>nothing</Text>}
      {shownCurrent.map(line)}
      <Heading text="Before" hidden={ended.length - shownEnded.length} />
      {shownEnded.length === 0 && <Text dimColor>nothing</Text>}
      {shownEnded.map(line)}
      <Text> </Text>
      {chosen && <ChosenJob job={chosen} />}
      <Text color="red" wrap="truncate-end">
        {safeText(remark)}
      </Text>
      <Text dimColor>↑↓ choose p pause r resume c cancel q quit</Text>
    </Box>
  );
}

const VERBS: Record<string, 'pause' | 'resume' | 'cancel'> = { p: 'pause', r: 'resume', c: 'cancel' };

function ChosenJob({ job }: { job: Job }) {
  const problems = job.problems.slice(-2);
  return (
    <Box flexDirection="column" height={5} overflow="hidden">
      <Text wrap="truncate-end" dimColor>
        {job.id}
      </Text>
      {job.status === 'paused' && <Text color="yellow">Goes on: {pausedText(job)}</Text>}
      {job.error && <Text color="red">{safeText(job.error.message)}</Text>}
      {problems.map(({ path, message }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two problems of one path look the same
        <Text key={index} wrap="truncate-end" dimColor>
          {shownPath(path)}: {safeText(message)}
        </Text>
      ))}
    </Box>
  );
}
