/**
 * Every help text against the one kubectl v1.33.1 prints where no terminal bounds its lines: first digits of the SHA-256 of what
 * `kubectl COMMAND --help` wrote there. A word, a flag or a default that differs shows here.
 */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { root } from '../commands/index.ts';
import { findCommand, type Command } from './command.ts';
import { helpText, optionsText } from './help.ts';

const recorded: Readonly<Record<string, string>> = {
  '': 'ff5bc91b1776', 'create': '60e2f634cf0d', 'create clusterrole': '52cd4e883c5f', 'create clusterrolebinding': '05c23e3cf2cb',
  'create configmap': 'aa17d8afa3dc', 'create cronjob': 'f44d80e0bcb8', 'create deployment': 'e8bfa4ec9132', 'create ingress': 'fd467b025b3a',
  'create job': '20ce46740846', 'create namespace': 'ac118eb975ab', 'create poddisruptionbudget': '8a1f1dcddd07',
  'create priorityclass': 'edf8400ae611', 'create quota': 'c67e7c475fba', 'create role': '4ce1b84b606b', 'create rolebinding': '19712f03711a',
  'create secret': '17600064d11d', 'create secret docker-registry': '7ada9c67d885', 'create secret generic': '43129af85549',
  'create secret tls': '1b0485424b5f', 'create service': '4b08444811f4', 'create service clusterip': '725646bfbd92',
  'create service externalname': 'cda18c35443f', 'create service loadbalancer': '6947abc8a4fe', 'create service nodeport': '62753ef4bb92',
  'create serviceaccount': '5281f8fdff65', 'create token': 'deff1c9a2ec2', 'expose': '432b52452ffb', 'run': 'dd4586ce1556', 'set': 'da03db0226e5',
  'set env': '193a70f8af7d', 'set image': '5d672f35cdc9', 'set resources': '171258a4656f', 'set selector': 'e98e89ed30a0',
  'set serviceaccount': '44d1db825522', 'set subject': '2b125e49ea36', 'explain': 'a618ba419945', 'get': '1bf1e016d58a', 'edit': 'dc9f871874f3',
  'delete': '940ef335b7ef', 'rollout': '841864f66345', 'rollout history': '416eeee7cf0e', 'rollout pause': '02ed1ce4fb9c',
  'rollout restart': '4d6003ece6de', 'rollout resume': 'a5ff926a2176', 'rollout status': 'd4c7affbda25', 'rollout undo': '7df1e1719082',
  'scale': '371191d043e9', 'autoscale': 'de6e045f71ce', 'certificate': 'fda88e578e04', 'certificate approve': 'be454d00782e',
  'certificate deny': '9c84023c5ad9', 'cluster-info': 'cdede3329fc8', 'cluster-info dump': '33f0a6ab1bf9', 'top': 'c6c6a31c626a',
  'top node': 'af03d2105089', 'top pod': 'e5ed4f537fdd', 'cordon': 'dc6708834818', 'uncordon': '4ff509f538fe', 'drain': 'c76bb86a8760',
  'taint': '9957f6645bd9', 'describe': '05e02c09df35', 'logs': 'd285bfed64d3', 'attach': 'f19f990e009e', 'exec': '65a9334cc9f6',
  'port-forward': '36a50febfe33', 'proxy': 'ce876f3d3937', 'cp': '36065be86ee4', 'auth': '78a22dddbe52', 'auth can-i': 'd8dd9859e2c7',
  'auth reconcile': 'f8ebee0816a6', 'auth whoami': '8c84bde045bc', 'debug': '1bb1447263fd', 'events': '75a22025cb95', 'diff': 'ac569adb49c0',
  'apply': '14a41e1e5880', 'apply edit-last-applied': '445146498c0c', 'apply set-last-applied': 'e245b1a4f085',
  'apply view-last-applied': '7de16dfa4702', 'patch': '602d5ac84c5b', 'replace': '39cc12c428cb', 'wait': '72b8a81bb3b2', 'kustomize': '0525cd342a4c',
  'label': '2ce90a1db7c7', 'annotate': 'f53c090c7356', 'completion': '806cf29ae4a3', 'api-resources': '3ca95089d747', 'api-versions': 'e983cfdafa7e',
  'config': 'd132a1fb1aff', 'config current-context': '2950305b7694', 'config delete-cluster': '722a14059044', 'config delete-context': 'd6925fe025f5',
  'config delete-user': 'b0db2d541889', 'config get-clusters': '0e04b78c83d8', 'config get-contexts': '6ed260170931',
  'config get-users': 'f47ded357af7', 'config rename-context': '338ad866e519', 'config set': '8946c5501207', 'config set-cluster': '1e4ffda1c658',
  'config set-context': '6287b776f214', 'config set-credentials': '673aaa7a9067', 'config unset': '0a06ffb0a373', 'config use-context': '22316ea37340',
  'config view': 'c8e7ec480ee7', 'plugin': 'dd18e728f903', 'plugin list': '1648b6729004', 'version': '4d3131b2ccab',
};

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
const paths = (command: Command, above: readonly string[]): string[] => [above.join(' '), ...(command.children ?? []).flatMap((child) => paths(child, [...above, child.name]))];

it('has all commands of v1.33 and none besides', () => expect(paths(root, []).sort()).toEqual(Object.keys(recorded).sort()));

it.each(Object.keys(recorded))('kubectl %s --help', (path) => {
  const words = path === '' ? [] : path.split(' ');
  expect(digest(helpText(findCommand(root, words).chain, 0))).toBe(recorded[path]);
});

it('kubectl options', () => expect(digest(optionsText(root, 0))).toBe('a4f084303c2e'));
