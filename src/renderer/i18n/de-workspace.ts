import type { enWorkspace } from './en-workspace.ts';

export const deWorkspace: typeof enWorkspace = {
  tab: {
    list: 'Tabs',
    listOf: 'Tabs im {{pane}}',
    new: 'Neuer Tab',
    close: 'Tab schließen',
    closeNamed: '{{name}} schließen',
    closeOthers: 'Andere Tabs schließen',
    closeRight: 'Tabs rechts davon schließen',
    duplicate: 'Tab duplizieren',
    moveOver: 'In den anderen Bereich verschieben',
    openBeside: 'Neben diesem Bereich öffnen',
    reopen: 'Geschlossenen Tab wieder öffnen',
    all: 'Alle Tabs',
    offline: 'offline',
    openIn: 'In neuem Tab öffnen',
    openInOther: 'Im anderen Bereich öffnen',
  },
  pane: {
    left: 'linken Bereich',
    right: 'rechten Bereich',
    leftRegion: 'Linker Bereich',
    rightRegion: 'Rechter Bereich',
    split: 'Geteilte Ansicht',
    unsplit: 'Anderen Bereich schließen',
    resize: 'Breite der Bereiche ändern',
  },
};
