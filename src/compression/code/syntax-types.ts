/**
 * Types of nodes in the grammars of tree-sitter. Where two grammars use one name for two things, what is said here holds
 * for both.
 */

/** Nodes that hold statements, members or declarations, one after another. */
export const SEQUENCES: ReadonlySet<string> = new Set(
  (
    'accessor_list block block_body body_statement class_body compound_statement constructor_body declaration_list do_group ' +
    'enum_body enum_body_declarations enum_declaration_list enum_member_declaration_list enum_variant_list enumerator_list ' +
    'expression_case field_declaration_list interface_body match_block namespace_body object_type preproc_elif preproc_else ' +
    'preproc_if preproc_ifdef property_hook_list requirement_list script_block_body statement_block statement_list switch_block ' +
    'switch_block_statement_group switch_body switch_case switch_default then else case_item'
  ).split(' '),
);

/** Nodes that hold values, one after another. */
export const LITERALS: ReadonlySet<string> = new Set(
  (
    'array array_creation_expression array_expression array_initializer dictionary hash initializer_expression ' +
    'initializer_list list literal_value object set tuple'
  ).split(' '),
);

/** Nodes whose block says how something is done. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'accessor_declaration class_method_definition class_static_block compact_constructor_declaration constructor_declaration ' +
    'conversion_operator_declaration destructor_declaration function_declaration function_definition function_item ' +
    'function_statement generator_function_declaration indexer_declaration local_function_statement method method_declaration ' +
    'method_definition operator_declaration rule_set singleton_method static_initializer'
  ).split(' '),
);

/** The same, without a name of their own: what they are given to often has one. */
export const CLOSURES: ReadonlySet<string> = new Set(
  (
    'anonymous_function anonymous_function_creation_expression anonymous_method_expression arrow_function closure_expression ' +
    'do_block func_literal function_expression generator_function lambda lambda_expression'
  ).split(' '),
);

/** Nodes that give a closure its name. */
export const NAMED_PLACES: ReadonlySet<string> = new Set(
  'assignment assignment_expression field_definition keyed_element pair public_field_definition variable_declarator'.split(
    ' ',
  ),
);

/** Parts of a signature: what stands in them is never left out. */
export const SIGNATURE_PARTS: ReadonlySet<string> = new Set(
  (
    'base_class_clause base_list class_heritage formal_parameters function_declarator lambda_parameters method_parameters ' +
    'parameter_list parameters superclass superclasses type_annotation type_parameters where_clause'
  ).split(' '),
);

/** Nodes that stand before what they say something about. */
export const PREFIXES: ReadonlySet<string> = new Set(['decorator', 'attribute_item', 'attribute_list', 'annotation']);

/** Nodes that bring in what other files define. */
export const IMPORTS: ReadonlySet<string> = new Set(
  (
    'extern_crate_declaration future_import_statement import_declaration import_from_statement import_statement ' +
    'namespace_use_declaration package_clause package_declaration php_tag preproc_include text text_interpolation ' +
    'use_declaration using_directive'
  ).split(' '),
);

/** Nodes of which the last child is what they are about. */
export const WRAPPERS: ReadonlySet<string> = new Set(
  (
    'const_declaration expression_statement lexical_declaration template_declaration type_declaration var_declaration ' +
    'variable_declaration'
  ).split(' '),
);

/** Fields that lead to the name of a definition, the likeliest first. */
export const NAME_FIELDS = ['name', 'key', 'declarator', 'declaration', 'definition', 'left', 'type'] as const;

/** Nodes that are a name where no field leads to it. */
export const NAMES: ReadonlySet<string> = new Set(['function_name', 'simple_name', 'variable_declarator', 'var_spec']);
