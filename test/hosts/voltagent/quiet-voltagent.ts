/** Before VoltAgent is loaded: outside of production it asks models.dev for names of models as it loads, and it logs. */
process.env['NODE_ENV'] = 'production';
process.env['VOLTAGENT_LOG_LEVEL'] = 'fatal';
