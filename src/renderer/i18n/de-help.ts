import type { enHelp } from './en-help.ts';

export const deHelp: typeof enHelp = {
  help: {
    title: 'Hilfe',
    intro:
      'Mooring behält deine Laufwerke im Blick, angeschlossen oder nicht: was darauf ist, wo es liegt, und dass es heil ankommt, wohin du es kopierst.',
    begin: 'Anfang',
    topics: 'Themen',
    shortcuts: 'Tastenkürzel',
    changeKeys: 'Tasten ändern …',
    inLists: 'In Listen von Dateien',
    listKey: {
      move: 'Bewegen',
      extend: 'Auswahl erweitern',
      toggle: 'Zur Auswahl nehmen oder daraus entfernen',
      ends: 'Zum Ersten und Letzten',
      menu: 'Menü des Ausgewählten',
      clear: 'Auswahl aufheben',
    },
    topic: {
      drives: {
        title: 'Laufwerke und Merken',
        intro: 'Ein gemerktes Laufwerk behält seinen Platz in deiner Bibliothek, auch wenn es abgezogen ist.',
        point: {
          tracking: {
            title: 'Ein Laufwerk merken',
            text: 'Wird ein Laufwerk angeschlossen, fragt Mooring in der Ecke, ob es gemerkt werden soll. Dabei wird nichts auf das Laufwerk geschrieben, außer es hat keine eigene Kennung; dann fragt Mooring, bevor es dort eine kleine verborgene Datei ablegt.',
          },
          offline: {
            title: 'Solange es nicht da ist',
            text: 'Ein gemerktes Laufwerk bleibt abgezogen in der Seitenleiste, ausgegraut, und sagt, wann und wo es zuletzt gesehen wurde. In indizierten Ordnern kannst du alles ansehen und finden; was das Laufwerk selbst braucht, sagt es.',
          },
          identity: {
            title: 'Welches Laufwerk ist es?',
            text: 'Mooring erkennt Laufwerke daran, was sie sind, nicht daran, wo sie eingehängt sind oder wie sie heißen. Sind zwei Kopien voneinander, fragt es, welches welches ist.',
          },
          eject: {
            title: 'Auswerfen',
            text: 'Auswerfen hält an, was Mooring auf dem Laufwerk tut, wartet, bis alles geschrieben ist, und sagt, wann es abgezogen werden kann. Wird es doch einfach abgezogen, schadet das nicht: Aufträge warten darauf und gehen weiter, wenn es wieder da ist.',
          },
        },
      },
      libraries: {
        title: 'Bibliotheken',
        intro: 'Eine Bibliothek ist ein Ordner, in dem steht, was Mooring weiß: deine Laufwerke, Orte, Suchen und der Verlauf.',
        point: {
          what: {
            title: 'Was darin ist',
            text: 'Ein Ordner „NAME.sdlibrary“ mit einer Datenbank und was zu ihr gehört. Deine Dateien sind nicht darin; sie bleiben, wo sie sind.',
          },
          several: {
            title: 'Mehrere Bibliotheken',
            text: 'Der Knopf oben in der Seitenleiste wechselt zwischen Bibliotheken, legt neue an und öffnet solche, die anderswo liegen, auch auf einem externen Laufwerk.',
          },
          lock: {
            title: 'Ein Computer zur Zeit',
            text: 'Eine offene Bibliothek ist gesperrt, damit nicht zwei Computer zugleich in sie schreiben. Gibt es den anderen Computer nicht mehr, kannst du sie übernehmen.',
          },
          backup: {
            title: 'Sicherungen',
            text: 'Vor jeder Änderung ihres Formats sichert Mooring die Bibliothek. Eine Sicherung wird aus dem Menü der Bibliothek wiederhergestellt; der jetzige Stand bleibt ebenfalls als Sicherung erhalten.',
          },
        },
      },
      index: {
        title: 'Orte und der Index',
        intro: 'Ein Ort ist ein Ordner oder ein ganzes Laufwerk, das Mooring indiziert und beobachtet.',
        point: {
          locations: {
            title: 'Einen Ort hinzufügen',
            text: 'Drücke auf das Plus neben „Orte“ in der Seitenleiste, lege einen Ordner dort ab, oder wähle „Ort hinzufügen …“ in seinem Menü. Alle Namen, Größen und Zeiten werden einmal gelesen; danach nur, was sich ändert.',
          },
          watching: {
            title: 'Immer auf dem Stand',
            text: 'Was andere Programme ändern, ist nach Augenblicken zu sehen. Was sich geändert hat, während Mooring nicht lief oder das Laufwerk anderswo war, wird gesucht, sobald es wieder da ist.',
          },
          rules: {
            title: 'Was ausgelassen wird',
            text: 'Jeder Ort hat Regeln: Systemreste, Verborgenes, Ordner von Übersetzern, was eine .gitignore nennt, Größen und Endungen. Sie betreffen nur den Index; auf dem Datenträger wird nichts angerührt.',
          },
          sizes: {
            title: 'Größen von Ordnern',
            text: 'Ordner in einem Ort zeigen, wie viel sie enthalten, in jeder Tiefe, ohne dass sie neu gelesen werden.',
          },
        },
      },
      search: {
        title: 'Suche',
        intro: 'Ein Feld findet alles in deinen Orten, auch auf Laufwerken, die nicht angeschlossen sind.',
        point: {
          everywhere: {
            title: 'Überall zugleich',
            text: 'Schreibe in das Feld oben. Jeder Treffer sagt, auf welchem Laufwerk er liegt und ob das hier ist.',
          },
          language: {
            title: 'Mehr als Wörter',
            text: 'Wörter werden überall in Namen gefunden. Filter grenzen ein: nach Art, Endung, Größe, Zeit, Ordner oder Laufwerk. Das Feld schlägt beim Schreiben vor, was möglich ist.',
          },
          saved: {
            title: 'Gespeicherte Suchen',
            text: 'Eine Suche, die du speicherst, steht in der Seitenleiste mit der Zahl dessen, was sie findet, immer auf dem Stand.',
          },
        },
      },
      copies: {
        title: 'Verlässliche Kopien',
        intro: 'Mooring kopiert auf andere Laufwerke so, dass nichts verloren geht, was unterwegs auch geschieht.',
        point: {
          verified: {
            title: 'Geprüft',
            text: 'Eine Kopie wird unter einem vorläufigen Namen geschrieben, gesichert und, wo das verlangt ist, vom Laufwerk zurückgelesen; erst dann bekommt sie ihren Namen. Was auf ein anderes Laufwerk bewegt wird, wird immer zurückgelesen, bevor das Original geht.',
          },
          interrupted: {
            title: 'Unterbrochen',
            text: 'Ein gezogenes Kabel, ein volles Laufwerk, ein Absturz: Der Auftrag wartet oder wird wiedergefunden und geht weiter, wo er war, auch mitten in einer großen Datei.',
          },
          conflicts: {
            title: 'Vergebene Namen',
            text: 'Ordner werden zusammengeführt. Bei Dateien gleichen Namens siehst du beide Seiten und wählst für jede oder für alle: beide behalten, ersetzen oder auslassen.',
          },
          nothingReplaced: {
            title: 'Nichts geht still verloren',
            text: 'Was nicht kopiert werden konnte, steht mit dem Grund im Bericht des Auftrags und kann noch einmal versucht werden.',
          },
        },
      },
      undo: {
        title: 'Rückgängig, Verlauf und Papierkorb',
        intro: 'Was du mit Dateien tust, wird aufgeschrieben, und das meiste kann zurückgenommen werden.',
        point: {
          history: {
            title: 'Verlauf',
            text: 'Der Verlauf nennt jede Handlung, was sie getan hat und wie sie ausging. Kopien, Bewegtes, Umbenanntes und was im Papierkorb liegt, kann von dort 30 Tage lang zurückgenommen werden.',
          },
          trash: {
            title: 'Papierkorb',
            text: 'Mooring benutzt den Papierkorb deines Systems, auf jedem Laufwerk dessen eigenen, sodass andere Programme dasselbe zeigen. Die Seite „Papierkorb“ zeigt alle zusammen.',
          },
          limits: {
            title: 'Wo es endet',
            text: 'Beim Zurücknehmen wird erst nachgesehen, ob noch alles so ist, wie die Handlung es hinterließ. Wenn nicht, sagt Mooring, warum, und ändert nichts. Was endgültig gelöscht ist, ist fort.',
          },
        },
      },
      terminal: {
        title: 'Befehlszeile und Browser',
        intro: 'Dieselbe Maschine läuft hinter einer Befehlszeile und einer Webseite, auch auf einem Computer ohne Bildschirm.',
        point: {
          cli: {
            title: 'Befehlszeile',
            text: 'Der Befehl „mooring“ tut, was das Fenster tut, und gibt mit --json JSON für Skripte aus.',
          },
          web: {
            title: 'Im Browser',
            text: '„mooring start --http“ zeigt diese Seite im Browser desselben Computers, unter einer Adresse mit einem Schlüssel darin.',
          },
          links: {
            title: 'Links',
            text: 'mooring://-Links öffnen ein Laufwerk oder einen Ordner in der Anwendung. Sie dürfen etwas zeigen und tun nie etwas.',
          },
        },
      },
    },
  },
  start: {
    title: 'Erste Schritte',
    text: 'Drei Dinge, und Mooring kennt deine Dateien.',
    progress: '{{done}} von {{all}} erledigt',
    dismiss: 'Erste Schritte verbergen',
    done: 'Erledigt',
    track: {
      title: 'Ein Laufwerk merken',
      text: 'Es behält seinen Platz hier, wenn es abgezogen ist.',
      action: '{{name}} merken',
      none: 'Schließe ein Laufwerk an, und Mooring fragt.',
    },
    index: {
      title: 'Einen Ordner hinzufügen',
      text: 'Alles darin ist zu finden, auch solange sein Laufwerk nicht da ist.',
      action: 'Ort hinzufügen …',
    },
    palette: { title: 'Die Befehlspalette versuchen', text: 'Alles, was Mooring kann, mit ein paar Buchstaben.', action: 'Palette öffnen' },
    finished: 'Mehr brauchst du nicht. Drücke ? für die Tasten, oder öffne die Hilfe.',
    openHelp: 'Hilfe öffnen',
  },
};
