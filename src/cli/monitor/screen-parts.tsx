import { Box, Text, useStdout } from 'ink';
import { useEffect, useState } from 'react';

export function Heading({ text, hidden }: { text: string; hidden: number }) {
  return (
    <Box marginTop={1}>
      <Text bold color="cyan">
        {text}
      </Text>
      {hidden > 0 && <Text dimColor> and {hidden} more</Text>}
    </Box>
  );
}

/** A cell of fixed width; what is longer ends in an ellipsis. */
export function Cell({ width, text, dim = false, color }: { width: number; text: string; dim?: boolean; color?: string | undefined }) {
  return (
    <Box width={width} flexShrink={0}>
      <Text wrap="truncate-end" dimColor={dim} {...(color ? { color } : {})}>
        {text}
      </Text>
    </Box>
  );
}

export function useTerminalSize(): { columns: number; rows: number } {
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
