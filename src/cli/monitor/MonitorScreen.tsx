import { Box, Text, useApp, useInput, useStdout } from 'ink';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DomainEvent } from '#shared/contract/event.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Volume } from '#shared/contract/volume.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import { formatDuration, formatSize } from '../printers/figures.ts';
import { safeText } from '../printers/safe-text.ts';
import { describeEvent } from './describe-event.ts';
import type { MonitorState } from './monitor-state.ts';

const SHOWN_JOBS = 5;
const MIN_EVENTS = 3;
/** Title, three headings, the lines between them and the help. */
const FRAME_LINES = 9;

export function MonitorScreen({ state, units }: { state: MonitorState; units: SizeUnits }) {
  const { volumes, jobs, events } = useSyncExternalStore(state.subscribe, state.snapshot);
  const { exit } = useApp();
  const { columns, rows } = useTerminalSize();
  useInput((input, key) => {
    if (input === 'q' || key.escape) exit();
  });
  const jobLines = Math.max(1, Math.min(jobs.length, SHOWN_JOBS));
  const volumeLines = Math.max(1, Math.min(volumes.length, rows - FRAME_LINES - jobLines - MIN_EVENTS));
  const eventLines = Math.max(1, rows - FRAME_LINES - jobLines - volumeLines);
  return (
    <Box flexDirection="column" width={columns}>
      <Text bold>Mooring</Text>
      <Heading text="Volumes" hidden={volumes.length - volumeLines} />
      {volumes.length === 0 && <Text dimColor>none</Text>}
      {volumes.slice(0, volumeLines).map((volume) => (
        <VolumeLine key={volume.fingerprint} volume={volume} units={units} width={columns} />
      ))}
      <Heading text="Jobs" hidden={jobs.length - jobLines} />
      {jobs.length === 0 && <Text dimColor>none</Text>}
      {jobs.slice(0, jobLines).map((job) => (
        <JobLine key={job.id} job={job} units={units} />
      ))}
      <Heading text="Events" hidden={0} />
      {events.length === 0 && <Text dimColor>none yet</Text>}
      {events.slice(-eventLines).map((event) => (
        <EventLine key={event.id} event={event} />
      ))}
      <Text> </Text>
      <Text dimColor>q quits</Text>
    </Box>
  );
}

function Heading({ text, hidden }: { text: string; hidden: number }) {
  return (
    <Box marginTop={1}>
      <Text bold color="cyan">
        {text}
      </Text>
      {hidden > 0 && <Text dimColor> and {hidden} more</Text>}
    </Box>
  );
}

function VolumeLine({ volume, units, width }: { volume: Volume; units: SizeUnits; width: number }) {
  const usedFraction = volume.totalBytes > 0 ? 1 - volume.availableBytes / volume.totalBytes : 0;
  const color = !volume.isMounted ? 'gray' : usedFraction > 0.9 ? 'red' : usedFraction > 0.75 ? 'yellow' : 'green';
  const where = volume.isMounted ? (volume.mountPoint ?? '') : 'offline';
  return (
    <Box gap={2}>
      <Box width={Math.max(12, Math.floor(width * 0.25))}>
        <Text wrap="truncate-end" dimColor={!volume.isMounted}>
          {volume.tracking ? '● ' : '○ '}
          {safeText(volume.name)}
        </Text>
      </Box>
      <Text color={color}>{bar(usedFraction, 20)}</Text>
      <Box width={22}>
        <Text>
          {formatSize(volume.availableBytes, units)} free of {formatSize(volume.totalBytes, units)}
        </Text>
      </Box>
      <Text dimColor wrap="truncate-end">
        {safeText(where)}
      </Text>
    </Box>
  );
}

function JobLine({ job, units }: { job: Job; units: SizeUnits }) {
  const { fraction, bytesPerSecond, secondsLeft, currentItem, phase } = job.progress;
  const isRunning = job.status === 'running';
  return (
    <Box gap={2}>
      <Box width={12}>
        <Text wrap="truncate-end">{job.name}</Text>
      </Box>
      <Text color={job.status === 'failed' ? 'red' : 'green'}>{bar(fraction ?? 0, 20)}</Text>
      <Box width={9}>
        <Text>{job.status}</Text>
      </Box>
      <Text dimColor wrap="truncate-end">
        {isRunning && bytesPerSecond !== null ? `${formatSize(bytesPerSecond, units)}/s  ` : ''}
        {isRunning && secondsLeft !== null ? `${formatDuration(secondsLeft)} left  ` : ''}
        {isRunning ? safeText(currentItem ?? phase) : ''}
      </Text>
    </Box>
  );
}

function EventLine({ event }: { event: DomainEvent }) {
  return (
    <Text wrap="truncate-end">
      <Text dimColor>{new Date(event.at).toTimeString().slice(0, 8)} </Text>
      {event.type} <Text dimColor>{describeEvent(event)}</Text>
    </Text>
  );
}

function bar(fraction: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

function useTerminalSize(): { columns: number; rows: number } {
  const { stdout } = useStdout();
  const read = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const [size, setSize] = useState(read);
  useEffect(() => {
    const update = () => setSize({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
    stdout.on('resize', update);
    return () => {
      stdout.off('resize', update);
    };
  }, [stdout]);
  return size;
}
