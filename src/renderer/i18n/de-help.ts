import type { enHelp } from './en-help.ts';

export const deHelp: typeof enHelp = {
  help: {
    title: 'Hilfe',
    intro:
      'Mooring behält deine Laufwerke im Blick, ob angeschlossen oder nicht: was darauf ist und wo es liegt. Und was du kopierst, kommt heil an.',
    begin: 'Übersicht',
    topics: 'Themen',
    shortcuts: 'Tastenkürzel',
    changeKeys: 'Tasten ändern …',
    inLists: 'In Dateilisten',
    listKey: {
      move: 'Bewegen',
      extend: 'Auswahl erweitern',
      toggle: 'Zur Auswahl hinzufügen oder daraus entfernen',
      ends: 'Zum ersten oder letzten Eintrag',
      menu: 'Menü zur Auswahl',
      clear: 'Auswahl aufheben',
    },
    topic: {
      drives: {
        title: 'Laufwerke',
        intro: 'Ein gemerktes Laufwerk behält seinen Platz in deiner Bibliothek, auch wenn es abgezogen ist.',
        point: {
          tracking: {
            title: 'Ein Laufwerk merken',
            text: 'Schließt du ein Laufwerk an, fragt Mooring unten in der Ecke, ob es sich das Laufwerk merken soll. Auf das Laufwerk wird dabei nichts geschrieben. Nur wenn es keine eigene Kennung hat, legt Mooring dort eine kleine verborgene Datei ab, und fragt vorher.',
          },
          offline: {
            title: 'Solange es nicht da ist',
            text: 'Ein gemerktes Laufwerk bleibt ausgegraut in der Seitenleiste, auch wenn es abgezogen ist; dort steht, wann und wo es zuletzt angeschlossen war. In indizierten Ordnern kannst du weiter blättern und suchen. Wofür das Laufwerk selbst gebraucht wird, das sagt Mooring dazu.',
          },
          identity: {
            title: 'Welches Laufwerk ist es?',
            text: 'Mooring erkennt ein Laufwerk an seiner Kennung, nicht an seinem Namen und nicht daran, wo es eingehängt ist. Ist eines die Kopie eines anderen, fragt Mooring, welches welches ist.',
          },
          eject: {
            title: 'Auswerfen',
            text: 'Beim Auswerfen hält Mooring an, was es auf dem Laufwerk gerade tut, wartet, bis alles geschrieben ist, und sagt dir, wann du es abziehen kannst. Ziehst du es doch einfach ab, geht nichts verloren: Aufträge warten und laufen weiter, sobald es wieder da ist.',
          },
        },
      },
      libraries: {
        title: 'Bibliotheken',
        intro: 'Eine Bibliothek ist ein Ordner mit allem, was Mooring sich merkt: Laufwerke, Orte, gespeicherte Suchen und der Verlauf.',
        point: {
          what: {
            title: 'Was darin ist',
            text: 'Der Ordner „NAME.sdlibrary“ enthält eine Datenbank und was zu ihr gehört. Deine Dateien sind nicht darin; sie bleiben, wo sie sind.',
          },
          several: {
            title: 'Mehrere Bibliotheken',
            text: 'Mit dem Knopf oben in der Seitenleiste wechselst du zwischen Bibliotheken, legst neue an und öffnest auch solche, die anderswo liegen, etwa auf einem externen Laufwerk.',
          },
          lock: {
            title: 'Immer nur ein Computer',
            text: 'Solange eine Bibliothek geöffnet ist, ist sie für andere Computer gesperrt, damit nie zwei zugleich hineinschreiben. Gibt es den anderen Computer nicht mehr, kannst du sie übernehmen.',
          },
          backup: {
            title: 'Sicherungen',
            text: 'Bevor sich das Format einer Bibliothek ändert, sichert Mooring sie. Über das Menü der Bibliothek spielst du eine Sicherung wieder ein; der jetzige Stand bleibt dabei ebenfalls als Sicherung erhalten.',
          },
        },
      },
      index: {
        title: 'Orte und der Index',
        intro: 'Ein Ort ist ein Ordner oder ein ganzes Laufwerk, das Mooring indiziert und beobachtet.',
        point: {
          locations: {
            title: 'Einen Ort hinzufügen',
            text: 'Klicke in der Seitenleiste auf das Plus neben „Orte“, ziehe einen Ordner dorthin oder wähle in seinem Menü „Ort hinzufügen …“. Alle Namen, Größen und Zeiten werden einmal gelesen, danach nur noch, was sich ändert.',
          },
          watching: {
            title: 'Immer aktuell',
            text: 'Was andere Programme ändern, siehst du sofort. Was sich geändert hat, während Mooring nicht lief oder das Laufwerk woanders angeschlossen war, findet Mooring beim nächsten Start oder sobald das Laufwerk wieder da ist.',
          },
          rules: {
            title: 'Was ausgelassen wird',
            text: 'Für jeden Ort gelten Regeln, nach denen der Index etwas auslässt: Systemdateien, verborgene Dateien, Build-Ordner, was in einer .gitignore steht, bestimmte Größen und Endungen. Auf dem Laufwerk selbst wird nichts angerührt.',
          },
          sizes: {
            title: 'Ordnergrößen',
            text: 'Innerhalb eines Ortes zeigt jeder Ordner, wie groß alles darin zusammen ist, ohne dass dafür neu gelesen wird.',
          },
        },
      },
      search: {
        title: 'Suche',
        intro: 'Ein einziges Suchfeld findet alles in deinen Orten, auch auf Laufwerken, die nicht angeschlossen sind.',
        point: {
          everywhere: {
            title: 'Überall zugleich',
            text: 'Schreibe in das Feld oben. Bei jedem Treffer steht, auf welchem Laufwerk er liegt und ob es angeschlossen ist.',
          },
          language: {
            title: 'Mehr als Wörter',
            text: 'Wörter werden an jeder Stelle eines Namens gefunden. Filter grenzen die Suche ein: nach Art, Endung, Größe, Zeit, Ordner oder Laufwerk. Beim Schreiben schlägt das Feld vor, was möglich ist.',
          },
          saved: {
            title: 'Gespeicherte Suchen',
            text: 'Eine Suche, die du speicherst, steht in der Seitenleiste, mit der stets aktuellen Zahl ihrer Treffer.',
          },
        },
      },
      copies: {
        title: 'Verlässliche Kopien',
        intro: 'Mooring kopiert so, dass nichts verloren geht, was unterwegs auch passiert.',
        point: {
          verified: {
            title: 'Geprüft',
            text: 'Eine Kopie wird zuerst unter einem vorläufigen Namen vollständig auf das Laufwerk geschrieben und, wenn du das möchtest, zur Kontrolle wieder gelesen. Erst dann bekommt sie ihren Namen. Bewegst du etwas auf ein anderes Laufwerk, wird die Kopie immer geprüft, bevor das Original gelöscht wird.',
          },
          interrupted: {
            title: 'Unterbrochen',
            text: 'Kabel gezogen, Laufwerk voll, Absturz: Der Auftrag wartet und macht dort weiter, wo er aufgehört hat, auch mitten in einer großen Datei.',
          },
          conflicts: {
            title: 'Vergebene Namen',
            text: 'Ordner mit gleichem Namen werden zusammengeführt. Bei Dateien siehst du beide nebeneinander und entscheidest einzeln oder für alle: beide behalten, ersetzen oder auslassen.',
          },
          nothingReplaced: {
            title: 'Nichts fehlt stillschweigend',
            text: 'Was sich nicht kopieren ließ, steht mit dem Grund beim Auftrag, und du kannst es noch einmal versuchen.',
          },
        },
      },
      undo: {
        title: 'Rückgängig, Verlauf und Papierkorb',
        intro: 'Mooring schreibt auf, was du mit Dateien machst, und das meiste lässt sich rückgängig machen.',
        point: {
          history: {
            title: 'Verlauf',
            text: 'Im Verlauf steht jede Aktion: was sie getan hat und wie sie ausgegangen ist. Kopieren, Bewegen, Umbenennen und den Weg in den Papierkorb kannst du dort 30 Tage lang rückgängig machen.',
          },
          trash: {
            title: 'Papierkorb',
            text: 'Mooring benutzt den Papierkorb deines Systems, auf jedem Laufwerk dessen eigenen. Andere Programme zeigen also denselben Inhalt. Die Seite „Papierkorb“ zeigt alle zusammen.',
          },
          limits: {
            title: 'Was nicht geht',
            text: 'Vor dem Rückgängigmachen sieht Mooring nach, ob alles noch so ist, wie die Aktion es hinterlassen hat. Wenn nicht, sagt es dir, warum, und ändert nichts. Endgültig Gelöschtes lässt sich nicht zurückholen.',
          },
        },
      },
      terminal: {
        title: 'Befehlszeile und Browser',
        intro: 'Mooring lässt sich auch auf der Befehlszeile und im Browser bedienen, sogar auf einem Computer ohne Bildschirm.',
        point: {
          cli: {
            title: 'Befehlszeile',
            text: 'Der Befehl „mooring“ kann dasselbe wie das Fenster; mit --json gibt er JSON für Skripte aus.',
          },
          web: {
            title: 'Im Browser',
            text: 'Mit „mooring start --http“ öffnest du diese Seite im Browser desselben Computers. Die Adresse enthält einen Schlüssel; gib sie nicht weiter.',
          },
          links: {
            title: 'Links',
            text: 'Links mit mooring:// öffnen ein Laufwerk oder einen Ordner in der App. Sie zeigen nur etwas an und verändern nie etwas.',
          },
        },
      },
    },
  },
  start: {
    title: 'Erste Schritte',
    text: 'Drei Schritte, und Mooring kennt deine Dateien.',
    progress: '{{done}} von {{all}} erledigt',
    dismiss: 'Erste Schritte ausblenden',
    done: 'Erledigt',
    track: {
      title: 'Ein Laufwerk merken',
      text: 'Es behält hier seinen Platz, auch wenn es abgezogen ist.',
      action: '{{name}} merken',
      none: 'Schließe ein Laufwerk an, dann fragt Mooring danach.',
    },
    index: {
      title: 'Einen Ordner hinzufügen',
      text: 'Alles darin lässt sich finden, auch wenn sein Laufwerk nicht da ist.',
      action: 'Ort hinzufügen …',
    },
    palette: {
      title: 'Die Befehlspalette ausprobieren',
      text: 'Alles, was Mooring kann, mit ein paar Buchstaben.',
      action: 'Palette öffnen',
    },
    finished: 'Mehr brauchst du nicht. Mit ? siehst du alle Tasten, in der Hilfe steht der Rest.',
    openHelp: 'Hilfe öffnen',
  },
};
