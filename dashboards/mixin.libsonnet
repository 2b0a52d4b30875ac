// The dashboards and rules for those who build their monitoring with Jsonnet:
//   local headroom = import 'headroom-hooks/dashboards/mixin.libsonnet';
//   headroom { _config+:: { runbookUrl: 'https://wiki.example.com/headroom' } }
local anchored(runbookUrl, rule) =
  if std.objectHas(rule, 'alert')
  then rule { annotations+: { runbook_url: '%s#%s' % [runbookUrl, std.asciiLower(rule.alert)] } }
  else rule;

{
  _config+:: {
    runbookUrl: 'https://unpkg.com/headroom-hooks/dashboards/runbook.md',
  },

  grafanaDashboards+:: {
    'headroom-overview.json': import 'generated/overview.json',
    'headroom-compression.json': import 'generated/compression.json',
    'headroom-tokens-and-cost.json': import 'generated/tokens-and-cost.json',
    'headroom-agents-and-health.json': import 'generated/agents-and-health.json',
  },

  prometheusRules+:: std.parseYaml(importstr 'generated/recording-rules.yaml'),

  local runbookUrl = $._config.runbookUrl,
  prometheusAlerts+:: {
    groups: [
      group { rules: [anchored(runbookUrl, rule) for rule in group.rules] }
      for group in std.parseYaml(importstr 'generated/alert-rules.yaml').groups
    ],
  },
}
