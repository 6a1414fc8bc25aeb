from django.forms.renderers import TemplatesSetting


class FieldRenderer(TemplatesSetting):
    """Forms as the house shows them: the message beside the field, the hint above it."""

    field_template_name = "shared/field.html"
    form_template_name = "shared/form.html"
