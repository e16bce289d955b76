import { Door } from '../auth/door.ts';
import type { Clock } from '../clock.ts';
import type { StateEffects } from '../faults/exchange.ts';
import { FaultSet } from '../faults/fault-set.ts';
import type { Certificate } from '../http/certificate.ts';
import { Pipeline } from '../http/pipeline.ts';
import { Power, type PowerState } from '../http/power.ts';
import type { Targets } from '../http/target.ts';
import { TerminalServer } from '../http/terminal-server.ts';
import type { DownloadResult } from '../isapi/endpoint.ts';
import { Pusher, type PostToListener, type PushReport } from '../isapi/notification/pusher.ts';
import { Journal } from '../journal/journal.ts';
import type { Traits } from '../profiles/traits.ts';
import type { Random } from '../random.ts';
import { drawIdentity } from '../terminal/identity.ts';
import type { PhotoShelf } from '../terminal/photo-shelf.ts';
import { Terminal } from '../terminal/terminal.ts';
import type { ResolvedSpec } from './device-spec.ts';

/** What all devices of a fleet share. */
export interface FleetParts {
  clock: Clock;
  host: string;
  targets: Targets;
  download: (url: string) => Promise<DownloadResult>;
  /** A picture that goes to fifty terminals is decoded and kept once. */
  photos: PhotoShelf;
  /** Sends what terminals push to their listeners. */
  post: PostToListener;
  onDefect: (error: unknown) => void;
}

export interface TerminalParts {
  terminal: Terminal;
  door: Door;
  faults: FaultSet;
  journal: Journal;
  power: Power;
  pipeline: Pipeline;
  server: TerminalServer;
}

/** Wires the parts of one terminal together. Everything random of it hangs on its id and the fleet's seed. */
export function wireTerminal(options: {
  spec: ResolvedSpec;
  traits: Traits;
  random: Random;
  certificate: Certificate | null;
  fleet: FleetParts;
  effects: StateEffects;
  onPower: (state: PowerState) => void;
  onRebootAsked: () => void;
  onPushed: (report: PushReport) => void;
  /** How the device calls itself: `http://127.0.0.1:9101`. */
  origin: () => string;
}): TerminalParts {
  const { spec, traits, random, fleet } = options;
  const { clock, host, targets, download, onDefect } = fleet;
  const terminal = new Terminal({
    traits,
    clock,
    random: random.fork('terminal'),
    identity: drawIdentity(traits, random.fork('identity')),
    accounts: spec.accounts,
    activated: spec.activated ?? true,
    photos: fleet.photos,
  });
  const { accounts } = terminal;
  const { realm } = terminal.identity;
  const door = new Door({ accounts, realm, traits, clock, random: random.fork('nonces') });
  const faults = new FaultSet({
    clock,
    random: random.fork('faults'),
    effects: options.effects,
    endpointNames: targets.endpointNames,
  });
  const journal = new Journal({ deviceId: spec.id, clock });
  const power = new Power({ clock, onChange: options.onPower });
  const pipeline = new Pipeline({
    terminal,
    door,
    faults,
    journal,
    power,
    targets,
    clock,
    random: random.fork('calls'),
    download,
    onDefect,
    onRebootAsked: options.onRebootAsked,
  });
  const server = new TerminalServer({
    pipeline,
    power,
    clock,
    traits,
    host,
    certificate: options.certificate,
    refuses: () => faults.connectionRefused(),
    onDefect,
  });
  new Pusher({
    terminal,
    onPushed: options.onPushed,
    clock,
    post: fleet.post,
    origin: options.origin,
    powerSignal: () => power.signal,
    onDefect,
  }).start();
  return { terminal, door, faults, journal, power, pipeline, server };
}
