/** As `ls -l` writes them, and as numbers: `rwxr-xr-x (755)`. @param mode permission bits of Unix, with those for setuid, setgid and sticky */
export function permissionText(mode: number): string {
  const letters = [6, 3, 0].flatMap((shift) => {
    const bits = (mode >> shift) & 7;
    return [bits & 4 ? 'r' : '-', bits & 2 ? 'w' : '-', bits & 1 ? 'x' : '-'];
  });
  const special: [bit: number, at: number, both: string, alone: string][] = [
    [0o4000, 2, 's', 'S'],
    [0o2000, 5, 's', 'S'],
    [0o1000, 8, 't', 'T'],
  ];
  for (const [bit, at, both, alone] of special) if (mode & bit) letters[at] = letters[at] === 'x' ? both : alone;
  return `${letters.join('')} (${mode.toString(8).padStart(3, '0')})`;
}
