/** The settings systemd 252 knows, for `Unknown key name` warnings; most are accepted without effect. */

const WORDS = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const UNIT = WORDS(`
  Description Documentation Wants Requires Requisite BindsTo PartOf Upholds Conflicts Before After OnFailure OnSuccess PropagatesReloadTo
  ReloadPropagatedFrom PropagatesStopTo StopPropagatedFrom JoinsNamespaceOf RequiresMountsFor OnFailureJobMode OnSuccessJobMode IgnoreOnIsolate
  StopWhenUnneeded RefuseManualStart RefuseManualStop AllowIsolate DefaultDependencies CollectMode FailureAction SuccessAction
  FailureActionExitStatus SuccessActionExitStatus JobTimeoutSec JobRunningTimeoutSec JobTimeoutAction JobTimeoutRebootArgument
  StartLimitIntervalSec StartLimitInterval StartLimitBurst StartLimitAction RebootArgument SourcePath
  ConditionArchitecture ConditionVirtualization ConditionHost ConditionKernelCommandLine ConditionKernelVersion ConditionSecurity
  ConditionCapability ConditionACPower ConditionNeedsUpdate ConditionFirstBoot ConditionPathExists ConditionPathExistsGlob ConditionPathIsDirectory
  ConditionPathIsSymbolicLink ConditionPathIsMountPoint ConditionPathIsReadWrite ConditionDirectoryNotEmpty ConditionFileNotEmpty
  ConditionFileIsExecutable ConditionUser ConditionGroup ConditionControlGroupController ConditionMemory ConditionCPUs ConditionEnvironment
  AssertPathExists AssertPathIsDirectory AssertFileNotEmpty AssertFileIsExecutable
`);
const EXEC = WORDS(`
  WorkingDirectory RootDirectory RootImage User Group DynamicUser SupplementaryGroups PAMName CapabilityBoundingSet AmbientCapabilities
  NoNewPrivileges SecureBits SELinuxContext AppArmorProfile LimitCPU LimitFSIZE LimitDATA LimitSTACK LimitCORE LimitRSS LimitNOFILE LimitAS
  LimitNPROC LimitMEMLOCK LimitLOCKS LimitSIGPENDING LimitMSGQUEUE LimitNICE LimitRTPRIO LimitRTTIME UMask CoredumpFilter KeyringMode
  OOMScoreAdjust TimerSlackNSec Personality IgnoreSIGPIPE Nice CPUSchedulingPolicy CPUSchedulingPriority CPUSchedulingResetOnFork CPUAffinity
  NUMAPolicy NUMAMask IOSchedulingClass IOSchedulingPriority ProtectSystem ProtectHome ProtectHostname ProtectClock ProtectKernelTunables
  ProtectKernelModules ProtectKernelLogs ProtectControlGroups ProtectProc ProcSubset BindPaths BindReadOnlyPaths ReadWritePaths ReadOnlyPaths
  InaccessiblePaths ExecPaths NoExecPaths TemporaryFileSystem PrivateTmp PrivateDevices PrivateNetwork PrivateIPC PrivateUsers PrivateMounts
  NetworkNamespacePath MountFlags SystemCallFilter SystemCallErrorNumber SystemCallArchitectures SystemCallLog RestrictAddressFamilies
  RestrictFileSystems RestrictNamespaces RestrictRealtime RestrictSUIDSGID LockPersonality MemoryDenyWriteExecute RemoveIPC RuntimeDirectory
  RuntimeDirectoryMode RuntimeDirectoryPreserve StateDirectory StateDirectoryMode CacheDirectory CacheDirectoryMode LogsDirectory
  LogsDirectoryMode ConfigurationDirectory ConfigurationDirectoryMode Environment EnvironmentFile PassEnvironment UnsetEnvironment
  StandardInput StandardOutput StandardError StandardInputText StandardInputData LogLevelMax LogExtraFields LogRateLimitIntervalSec
  LogRateLimitBurst LogNamespace SyslogIdentifier SyslogFacility SyslogLevel SyslogLevelPrefix TTYPath TTYReset TTYVHangup TTYVTDisallocate
  LoadCredential SetCredential UtmpIdentifier UtmpMode
  KillMode KillSignal RestartKillSignal FinalKillSignal SendSIGKILL SendSIGHUP WatchdogSignal
  Slice Delegate CPUAccounting CPUWeight StartupCPUWeight CPUShares CPUQuota CPUQuotaPeriodSec AllowedCPUs AllowedMemoryNodes MemoryAccounting
  MemoryMin MemoryLow MemoryHigh MemoryMax MemorySwapMax MemoryLimit TasksAccounting TasksMax IOAccounting IOWeight IODeviceWeight
  IOReadBandwidthMax IOWriteBandwidthMax BlockIOAccounting BlockIOWeight DeviceAllow DevicePolicy IPAccounting IPAddressAllow IPAddressDeny
  ManagedOOMSwap ManagedOOMMemoryPressure DisableControllers
`);
const SERVICE = WORDS(`
  Type ExitType RemainAfterExit GuessMainPID PIDFile BusName ExecStart ExecStartPre ExecStartPost ExecCondition ExecReload ExecStop ExecStopPost
  RestartSec TimeoutStartSec TimeoutStopSec TimeoutAbortSec TimeoutSec TimeoutStartFailureMode TimeoutStopFailureMode RuntimeMaxSec WatchdogSec
  Restart SuccessExitStatus RestartPreventExitStatus RestartForceExitStatus RootDirectoryStartOnly NonBlocking NotifyAccess Sockets
  FileDescriptorStoreMax USBFunctionDescriptors OOMPolicy OpenFile PermissionsStartOnly StartLimitInterval StartLimitBurst StartLimitAction
`);
const INSTALL = WORDS('Alias WantedBy RequiredBy Also DefaultInstance');
const OTHERS = WORDS('Socket Mount Automount Swap Path Timer Slice Scope');

/** Whether a section has the key; `key` null asks for the section itself. */
export function isKnownKey(section: string, key: string | null): boolean {
  switch (section) {
    case 'Unit': return key === null || UNIT.has(key);
    case 'Service': return key === null || SERVICE.has(key) || EXEC.has(key);
    case 'Install': return key === null || INSTALL.has(key);
    default: return OTHERS.has(section);
  }
}
