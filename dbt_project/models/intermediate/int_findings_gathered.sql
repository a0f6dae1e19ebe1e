{%- set audits = [
    'audit_reader_findings', 'audit_files_quarantined', 'audit_cells_held', 'audit_gate_warnings', 'audit_cell_units',
    'audit_cells_contradicting', 'audit_published_ranks_disagreeing', 'audit_growth_from_levels',
    'audit_pack_statements', 'audit_corrections', 'audit_holidays_unknown'
] %}
with

final as (
    {% for audit in audits %}
    select {{ finding_columns() | join(', ') }}
    from {{ ref(audit) }}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

)

select * from final
